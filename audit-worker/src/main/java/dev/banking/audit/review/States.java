package dev.banking.audit.review;

import dev.banking.audit.review.BookState.LastCheckpoint;
import dev.banking.audit.review.BookState.LastVerification;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads how the book stands, and how attempts were refused. */
@Component
public class States {

  private static final HexFormat HEX = HexFormat.of();

  private final JdbcClient jdbc;

  States(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The head, and what is known about it. */
  public BookState now() {
    var checkpoint = checkpoint();
    var verification = verification();
    var waiting = waiting();
    return jdbc.sql("SELECT position, hash, recorded_at FROM audit.chain_head")
        .query((row, _) ->
            new BookState(
                row.getLong("position"),
                HEX.formatHex(row.getBytes("hash")),
                instant(row, "recorded_at"),
                checkpoint,
                row.getLong("position") - (checkpoint == null ? 0 : checkpoint.position()),
                verification,
                waiting == null ? null : waiting.count(),
                waiting == null ? null : waiting.oldest()))
        .single();
  }

  private @Nullable LastCheckpoint checkpoint() {
    return jdbc.sql("SELECT * FROM audit.checkpoint ORDER BY number DESC LIMIT 1")
        .query((row, _) ->
            new LastCheckpoint(
                row.getLong("number"),
                row.getLong("position"),
                instant(row, "created_at"),
                HEX.formatHex(row.getBytes("hash")),
                HEX.formatHex(row.getBytes("root")),
                HEX.formatHex(row.getBytes("key_id"))))
        .optional()
        .orElse(null);
  }

  private @Nullable LastVerification verification() {
    return jdbc.sql("SELECT * FROM audit.verification ORDER BY id DESC LIMIT 1")
        .query((row, _) ->
            new LastVerification(
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getString("source"),
                row.getString("actor"),
                row.getLong("entries"),
                row.getLong("position"),
                row.getLong("checkpoints"),
                row.getObject("ledger_entries", Long.class),
                row.getLong("findings"),
                row.getLong("findings") == 0,
                row.getString("detail")))
        .optional()
        .orElse(null);
  }

  private record Waiting(long count, @Nullable Instant oldest) {}

  /** The other schema may not be there, or not be readable: then it is not known. */
  private @Nullable Waiting waiting() {
    try {
      return jdbc.sql("SELECT count(*), min(created_at) AS oldest FROM banking.outbox")
          .query((row, _) -> {
            var oldest = row.getObject("oldest", OffsetDateTime.class);
            return new Waiting(row.getLong(1), oldest == null ? null : oldest.toInstant());
          })
          .single();
    } catch (DataAccessException _) {
      return null;
    }
  }

  /** Refused attempts in one slice of time. */
  public record Refusals(Instant since, String reason, long count) {}

  /**
   * Refused attempts by reason, in slices that have any.
   *
   * @param slice {@code hour} or {@code day}
   */
  public List<Refusals> refusals(Instant from, String slice) {
    return jdbc.sql(
            """
            SELECT date_trunc(?, occurred_at, 'UTC') AS since, coalesce(reason, '') AS reason,
                   count(*) AS count
              FROM audit.audit_log
             WHERE outcome = 'refused' AND outcome <> 'applied' AND occurred_at >= ?
             GROUP BY 1, 2 ORDER BY 1, 2
            """)
        .param(slice)
        .param(from.atOffset(ZoneOffset.UTC))
        .query((row, _) ->
            new Refusals(instant(row, "since"), row.getString("reason"), row.getLong("count")))
        .list();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
