package dev.banking.audit.checkpoint;

import dev.banking.audit.seal.Checkpoint;
import dev.banking.audit.seal.Frontier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rows of {@code audit.checkpoint} and {@code audit.tree_block}, and what they are made of. */
@Component
class CheckpointTable {

  private static final String COLUMNS =
      """
      number, position, hash, root, key_id, signature, frontier,
      to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
      """;

  private final JdbcClient jdbc;

  CheckpointTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A checkpoint with the edge of its tree. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares two of these
  record Row(Checkpoint checkpoint, byte[] frontier) {}

  /** The end of the chain. */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Head(long position, byte[] hash) {}

  Head head() {
    return jdbc.sql("SELECT position, hash FROM audit.chain_head")
        .query((row, _) -> new Head(row.getLong("position"), row.getBytes("hash")))
        .single();
  }

  /** The one with the highest number. */
  Optional<Row> last() {
    return jdbc.sql("SELECT " + COLUMNS + " FROM audit.checkpoint ORDER BY number DESC LIMIT 1")
        .query((row, _) -> new Row(checkpoint(row), row.getBytes("frontier")))
        .optional();
  }

  /** At most so many after a number, in order. */
  List<Checkpoint> after(long number, int limit) {
    return jdbc.sql(
            "SELECT " + COLUMNS + " FROM audit.checkpoint WHERE number > ? ORDER BY number LIMIT ?")
        .param(number)
        .param(limit)
        .query((row, _) -> checkpoint(row))
        .list();
  }

  private static Checkpoint checkpoint(ResultSet row) throws SQLException {
    return new Checkpoint(
        row.getLong("number"),
        row.getLong("position"),
        row.getBytes("hash"),
        row.getBytes("root"),
        row.getString("created_at"),
        row.getBytes("key_id"),
        row.getBytes("signature"));
  }

  /** The tree of the entries that were dropped; that of none when none was. */
  Frontier dropped() {
    return jdbc.sql("SELECT position, frontier FROM audit.cut ORDER BY number DESC LIMIT 1")
        .query((row, _) -> Frontier.of(row.getLong("position"), row.getBytes("frontier")))
        .optional()
        .orElseGet(Frontier::new);
  }

  /** The hash of an entry; null when it is not there. */
  byte @Nullable [] hashAt(long position) {
    return jdbc.sql("SELECT hash FROM audit.audit_log WHERE position = ?")
        .param(position)
        .query((row, _) -> row.getBytes("hash"))
        .optional()
        .orElse(null);
  }

  /** The hashes of the entries after a position, in order, as far as there is no gap. */
  List<byte[]> hashes(long after, long upTo) {
    return jdbc.sql(
            """
            SELECT hash FROM audit.audit_log
             WHERE position > ? AND position <= ? ORDER BY position
            """)
        .param(after)
        .param(upTo)
        .query((row, _) -> row.getBytes("hash"))
        .list();
  }

  /**
   * Writes a checkpoint and the blocks that became complete with it.
   *
   * @return false when another worker has written this number
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean append(Row row, long firstBlock, List<byte[]> blocks) {
    var checkpoint = row.checkpoint();
    var written =
        jdbc.sql(
                """
                INSERT INTO audit.checkpoint
                  (number, position, hash, root, created_at, key_id, signature, frontier)
                VALUES (?, ?, ?, ?, ?::timestamptz, ?, ?, ?)
                ON CONFLICT (number) DO NOTHING
                """)
            .param(checkpoint.number())
            .param(checkpoint.position())
            .param(checkpoint.hash())
            .param(checkpoint.root())
            .param(checkpoint.createdAt())
            .param(checkpoint.keyId())
            .param(checkpoint.signature())
            .param(row.frontier())
            .update();
    if (written == 1 && !blocks.isEmpty()) {
      jdbc.sql(
              """
              INSERT INTO audit.tree_block (number, root)
              SELECT ? + n, root FROM unnest(?::bytea[]) WITH ORDINALITY AS block(root, n)
              ON CONFLICT (number) DO NOTHING
              """)
          .param(firstBlock - 1)
          .param(new SqlArrayValue("bytea", (Object[]) blocks.toArray(byte[][]::new)))
          .update();
    }
    return written == 1;
  }
}
