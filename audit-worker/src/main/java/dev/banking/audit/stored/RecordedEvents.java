package dev.banking.audit.stored;

import dev.banking.audit.seal.Tree;
import dev.banking.audit.stored.CopyRows.Row;
import java.sql.Connection;
import java.sql.SQLException;

/** The ids of events, which stay in {@code audit.recorded_event} when their entries are dropped. */
public final class RecordedEvents {

  private RecordedEvents() {}

  /** SHA-256 over the ids at the positions after one up to another, in their order. */
  public static byte[] digest(Connection connection, long after, long upTo) throws SQLException {
    var digest = Tree.sha256();
    var canonical = new Canonical();
    var row = new Row();
    var query =
        """
        SELECT event_id FROM audit.recorded_event
         WHERE position > %d AND position <= %d ORDER BY position
        """
            .formatted(after, upTo);
    try (var rows = new CopyRows(connection, query)) {
      while (rows.next(row)) {
        canonical.clear();
        canonical.uuid(row);
        digest.update(canonical.array(), 0, canonical.length());
      }
    }
    return digest.digest();
  }
}
