package dev.banking.audit.export;

import dev.banking.audit.seal.CanonicalBytes;
import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.stored.BookReader;
import dev.banking.audit.stored.Snapshot;
import dev.banking.audit.stored.Snapshot.Head;
import dev.banking.audit.stored.StoredEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.function.Consumer;

/** The oldest month of the book with its checkpoints: what is kept of it when it is dropped. */
public final class MonthExport {

  private final Connection connection;
  private final SigningKey key;

  /** Reads in the transaction of the connection. */
  public MonthExport(Connection connection, SigningKey key) {
    this.connection = connection;
    this.key = key;
  }

  /**
   * Writes it.
   *
   * @param after the position before the month's first entry
   * @param last the month's last entry
   * @param also sees each entry
   */
  public void write(
      OutputStream out,
      YearMonth month,
      Instant createdAt,
      long after,
      Head last,
      Consumer<StoredEntry> also)
      throws SQLException, IOException {
    var file = new ExportFile(out, key);
    var time = CanonicalBytes.timeText(createdAt);
    file.header("month", Map.of("month", month.toString()), time, last);
    new Snapshot(connection).cuts().forEach(file::cut);
    new BookReader(connection)
        .read(
            after,
            last.position(),
            entry -> {
              file.entry(entry, null);
              also.accept(entry);
            },
            file::checkpoint);
    file.end();
  }
}
