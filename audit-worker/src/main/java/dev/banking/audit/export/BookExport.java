package dev.banking.audit.export;

import dev.banking.audit.command.Progress;
import dev.banking.audit.seal.CanonicalBytes;
import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.stored.BookReader;
import dev.banking.audit.stored.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/** The whole book with its checkpoints. */
public final class BookExport {

  private static final int TELL_AFTER = 50_000;

  private final Connection connection;
  private final SigningKey key;
  private final Progress progress;

  /** Reads in the transaction of the connection. */
  public BookExport(Connection connection, SigningKey key, Progress progress) {
    this.connection = connection;
    this.key = key;
    this.progress = progress;
  }

  /**
   * Writes it.
   *
   * @return the number of entries
   */
  public long write(OutputStream out, Instant createdAt) throws SQLException, IOException {
    var snapshot = new Snapshot(connection);
    var head = snapshot.head();
    var file = new ExportFile(out, key);
    file.header("book", Map.of(), CanonicalBytes.timeText(createdAt), head);
    snapshot.cuts().forEach(file::cut);
    progress.begin("entries", head.position());
    new BookReader(connection)
        .read(
            entry -> {
              file.entry(entry, null);
              if (file.entries() % TELL_AFTER == 0) {
                progress.reached(file.entries());
              }
            },
            file::checkpoint);
    progress.end();
    file.end();
    return file.entries();
  }
}
