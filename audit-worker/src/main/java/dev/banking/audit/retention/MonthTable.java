package dev.banking.audit.retention;

import dev.banking.audit.seal.Cut;
import dev.banking.audit.stored.Snapshot;
import dev.banking.audit.stored.Snapshot.Head;
import dev.banking.audit.stored.Snapshot.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What is asked of the months, and of what stands in the way of dropping one. */
final class MonthTable {

  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'audit_log_'uuuu_MM");

  private static final String OLDEST =
      """
      SELECT min(c.relname) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = 'audit.audit_log'::regclass
      HAVING count(*) > 0
      """;

  private static final String LAST =
      """
      SELECT position, hash FROM audit.audit_log
       WHERE recorded_at < ? ORDER BY position DESC LIMIT 1
      """;

  private static final String HOLDING =
      """
      SELECT min(h.number) FROM audit.legal_hold h
       WHERE NOT EXISTS (SELECT FROM audit.legal_hold_release r WHERE r.number = h.number)
         AND (h.user_id IS NULL OR EXISTS (
               SELECT FROM audit.audit_log e WHERE e.user_id = h.user_id AND e.recorded_at < ?))
      HAVING count(*) > 0
      """;

  private static final String APPEND =
      """
      INSERT INTO audit.cut
        (number, position, hash, frontier, checkpoint, before, events, archive, created_at, key_id,
         signature, edge)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Connection connection;

  MonthTable(Connection connection) {
    this.connection = connection;
  }

  void create(YearMonth month) throws SQLException {
    one("SELECT audit.create_month(?)", month.atDay(1), row -> row.getBoolean(1));
  }

  /** Of several workers one has its turn, until it closes its connection. */
  boolean isOurTurn() throws SQLException {
    return one(
            "SELECT pg_try_advisory_lock(hashtext(?))", "audit.retention", row -> row.getBoolean(1))
        .orElseThrow();
  }

  YearMonth oldest() throws SQLException {
    try (var statement = connection.prepareStatement(OLDEST)) {
      return Snapshot.all(statement, row -> YearMonth.parse(row.getString(1), NAME)).getFirst();
    }
  }

  /** The last entry that was written before a time. */
  Optional<Head> lastBefore(Instant time) throws SQLException {
    return one(LAST, utc(time), row -> new Head(row.getLong(1), row.getBytes(2)));
  }

  /** A hold that touches what was written before a time. */
  Optional<Long> holding(Instant time) throws SQLException {
    return one(HOLDING, utc(time), row -> row.getLong(1));
  }

  /** The number of the last checkpoint up to a position; 0 when there is none. */
  long lastCheckpoint(long position) throws SQLException {
    return one(
            "SELECT coalesce(max(number), 0) FROM audit.checkpoint WHERE position <= ?",
            position,
            row -> row.getLong(1))
        .orElse(0L);
  }

  void append(Cut cut, byte[] edge) throws SQLException {
    try (var statement = connection.prepareStatement(APPEND)) {
      statement.setLong(1, cut.number());
      statement.setLong(2, cut.position());
      statement.setBytes(3, cut.hash());
      statement.setBytes(4, cut.frontier());
      statement.setLong(5, cut.checkpoint());
      statement.setObject(6, utc(Instant.parse(cut.before())));
      statement.setBytes(7, cut.events());
      statement.setBytes(8, cut.archive());
      statement.setObject(9, utc(Instant.parse(cut.createdAt())));
      statement.setBytes(10, cut.keyId());
      statement.setBytes(11, cut.signature());
      statement.setBytes(12, edge);
      statement.executeUpdate();
    }
  }

  void retire(YearMonth month) throws SQLException {
    one("SELECT audit.retire_month(?)", month.atDay(1), _ -> true);
  }

  private <T> Optional<T> one(String query, Object parameter, RowReader<T> reader)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setObject(1, parameter);
      return Snapshot.all(statement, reader).stream().findFirst();
    }
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
