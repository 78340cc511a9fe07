package dev.banking.audit.retention;

import dev.banking.audit.seal.Cut;
import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.stored.BookReader;
import dev.banking.audit.stored.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

/** A cut at any entry, without a month, in the transaction of a connection that may delete. */
public final class TestCut {

  private TestCut() {}

  /** Signs it, and deletes what it cuts off; nothing when that is gone already. */
  public static void at(Connection connection, SigningKey key, long position) throws SQLException {
    var snapshot = new Snapshot(connection);
    var before = snapshot.cuts();
    var after = before.isEmpty() ? 0 : before.getLast().position();
    if (position <= after) {
      return;
    }
    var stretch = RetireMonth.stretch(snapshot, before);
    var hash = new AtomicReference<>(new byte[] {});
    new BookReader(connection)
        .read(
            after,
            position,
            entry -> {
              stretch.add(entry);
              hash.set(entry.hash());
            },
            _ -> {});
    var months = new MonthTable(connection);
    var cut =
        new Cut(
                before.size() + 1L,
                position,
                hash.get(),
                stretch.frontier(),
                months.lastCheckpoint(position),
                "2026-11-01T00:00:00.000000Z",
                stretch.events(),
                new byte[32],
                "2033-11-01T00:00:00.000000Z",
                new byte[] {},
                new byte[] {})
            .signedBy(key);
    months.append(cut, stretch.edge());
    try (var statement = connection.createStatement()) {
      statement.execute("DELETE FROM audit.audit_log WHERE position <= " + position);
    }
  }
}
