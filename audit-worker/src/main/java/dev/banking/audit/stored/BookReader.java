package dev.banking.audit.stored;

import dev.banking.audit.seal.Checkpoint;
import dev.banking.audit.stored.CopyRows.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the whole book in the order of positions, and each checkpoint after the entry at its own
 * position. Both verifiers see this order.
 */
public final class BookReader {

  /** Positions in one COPY, for which the checkpoints are read beforehand. */
  private static final int CHUNK = 50_000;

  private final Connection connection;
  private final Row row = new Row();
  private final StoredEntry entry = new StoredEntry();

  /** In the transaction of the connection. */
  public BookReader(Connection connection) {
    this.connection = connection;
  }

  /**
   * Reads to the end.
   *
   * @param entries gets the same object again for each entry
   */
  public void read(Consumer<StoredEntry> entries, Consumer<Checkpoint> checkpoints)
      throws SQLException {
    read(Long.MIN_VALUE, Long.MAX_VALUE, entries, checkpoints);
  }

  /** Reads what has the positions after {@code after} up to {@code upTo}. */
  public void read(
      long after, long upTo, Consumer<StoredEntry> entries, Consumer<Checkpoint> checkpoints)
      throws SQLException {
    var snapshot = new Snapshot(connection);
    for (var from = snapshot.next(after + 1); from != 0 && from <= upTo; ) {
      var to = from > upTo - CHUNK ? upTo + 1 : from + CHUNK;
      readSome(from, to, snapshot.checkpoints(from, to), entries, checkpoints);
      from = snapshot.next(to);
    }
  }

  private void readSome(
      long from,
      long to,
      List<Checkpoint> inBetween,
      Consumer<StoredEntry> entries,
      Consumer<Checkpoint> checkpoints)
      throws SQLException {
    var waiting = new ArrayDeque<>(inBetween);
    var query =
        "SELECT %s FROM audit.audit_log WHERE position >= %d AND position < %d ORDER BY position"
            .formatted(StoredEntry.COLUMNS, from, to);
    try (var rows = new CopyRows(connection, query)) {
      while (rows.next(row)) {
        entry.read(row);
        while (!waiting.isEmpty() && waiting.getFirst().position() < entry.position()) {
          checkpoints.accept(waiting.removeFirst());
        }
        entries.accept(entry);
      }
    }
    waiting.forEach(checkpoints);
  }
}
