package dev.banking.audit.stored;

import dev.banking.audit.seal.Checkpoint;
import dev.banking.audit.seal.Cut;
import dev.banking.audit.seal.Tree;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is read besides the entries, all in the transaction of one connection. */
public final class Snapshot {

  private static final String CHECKPOINT =
      """
      SELECT number, position, hash, root, key_id, signature,
             to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
        FROM audit.checkpoint
      """;

  private static final String CUT =
      """
      SELECT number, position, hash, frontier, checkpoint, events, archive, key_id, signature,
             to_char(before AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS before,
             to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at
        FROM audit.cut ORDER BY number
      """;

  private final Connection connection;
  private @Nullable Edge edge;

  public Snapshot(Connection connection) {
    this.connection = connection;
  }

  /** One snapshot, nothing written. One process on the server is enough for it. */
  public static void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (var statement = connection.createStatement()) {
      statement.execute(
          """
          SET LOCAL statement_timeout = '1h';
          SET LOCAL work_mem = '64MB';
          SET LOCAL max_parallel_workers_per_gather = 0;
          SET LOCAL TimeZone = 'UTC'
          """);
    }
  }

  /** The end of the chain, as its row says. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares two of these
  public record Head(long position, byte[] hash) {}

  public Head head() throws SQLException {
    return single(
        "SELECT position, hash FROM audit.chain_head",
        row -> new Head(row.getLong(1), row.getBytes(2)));
  }

  public boolean hasLedger() throws SQLException {
    return single(
        "SELECT to_regclass('banking.ledger_entry') IS NOT NULL", row -> row.getBoolean(1));
  }

  public boolean hasCheckpoints() throws SQLException {
    return single("SELECT EXISTS (SELECT FROM audit.checkpoint)", row -> row.getBoolean(1));
  }

  /** The next position at or after this one that an entry or a checkpoint has; 0 when none has. */
  public long next(long from) throws SQLException {
    return single(
        """
        SELECT coalesce(least(
          (SELECT min(position) FROM audit.audit_log WHERE position >= %1$d),
          (SELECT min(position) FROM audit.checkpoint WHERE position >= %1$d)), 0)
        """
            .formatted(from),
        row -> row.getLong(1));
  }

  /** The checkpoints at these positions, the last excluded. */
  public List<Checkpoint> checkpoints(long from, long to) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            CHECKPOINT + " WHERE position >= ? AND position < ? ORDER BY position, number")) {
      statement.setLong(1, from);
      statement.setLong(2, to);
      return all(statement, Snapshot::checkpoint);
    }
  }

  /** The checkpoints with these numbers. */
  public List<Checkpoint> checkpoints(List<Long> numbers) throws SQLException {
    try (var statement = connection.prepareStatement(CHECKPOINT + " WHERE number = ANY (?)")) {
      statement.setArray(1, connection.createArrayOf("bigint", numbers.toArray()));
      return all(statement, Snapshot::checkpoint);
    }
  }

  /** The one with the highest number. */
  public Optional<Checkpoint> lastCheckpoint() throws SQLException {
    try (var statement =
        connection.prepareStatement(CHECKPOINT + " ORDER BY number DESC LIMIT 1")) {
      return all(statement, Snapshot::checkpoint).stream().findFirst();
    }
  }

  /** The roots of the tree's first blocks, in order. */
  public List<byte[]> blockRoots(long count) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "SELECT root FROM audit.tree_block WHERE number < ? ORDER BY number")) {
      statement.setLong(1, count);
      return all(statement, row -> row.getBytes(1));
    }
  }

  /** Where the beginning of the book was dropped, in order. */
  public List<Cut> cuts() throws SQLException {
    try (var statement = connection.prepareStatement(CUT)) {
      return all(statement, Snapshot::cut);
    }
  }

  /** The hashes of the last entries that are gone, up to a position. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares two of these
  private record Edge(long position, byte[] hashes) {

    List<byte[]> after(long position, long upTo) {
      var found = new ArrayList<byte[]>();
      var first = this.position - hashes.length / Tree.HASH_BYTES;
      for (var at = Math.max(position, first); at < Math.min(upTo, this.position); at++) {
        var from = (int) (at - first) * Tree.HASH_BYTES;
        found.add(Arrays.copyOfRange(hashes, from, from + Tree.HASH_BYTES));
      }
      return found;
    }
  }

  private Edge edge() throws SQLException {
    var known = edge;
    if (known == null) {
      try (var statement =
          connection.prepareStatement(
              "SELECT position, edge FROM audit.cut ORDER BY number DESC LIMIT 1")) {
        known =
            all(statement, row -> new Edge(row.getLong(1), row.getBytes(2))).stream()
                .findFirst()
                .orElse(new Edge(0, new byte[] {}));
      }
      edge = known;
    }
    return known;
  }

  /** The hashes of the entries after a position, in order; also of those that a cut has kept. */
  public List<byte[]> hashes(long after, int count) throws SQLException {
    var hashes = edge().after(after, after + count);
    hashes.addAll(storedHashes(after, count));
    return hashes;
  }

  private List<byte[]> storedHashes(long after, int count) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "SELECT hash FROM audit.audit_log WHERE position > ? AND position <= ?"
                + " ORDER BY position")) {
      statement.setLong(1, after);
      statement.setLong(2, after + count);
      return all(statement, row -> row.getBytes(1));
    }
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  public static <T> List<T> all(PreparedStatement statement, RowReader<T> reader)
      throws SQLException {
    var all = new ArrayList<T>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        all.add(reader.read(rows));
      }
    }
    return all;
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

  private static Cut cut(ResultSet row) throws SQLException {
    return new Cut(
        row.getLong("number"),
        row.getLong("position"),
        row.getBytes("hash"),
        row.getBytes("frontier"),
        row.getLong("checkpoint"),
        row.getString("before"),
        row.getBytes("events"),
        row.getBytes("archive"),
        row.getString("created_at"),
        row.getBytes("key_id"),
        row.getBytes("signature"));
  }

  private <T> T single(String query, RowReader<T> reader) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return reader.read(row);
    }
  }
}
