package dev.banking.audit.review;

import dev.banking.audit.checkpoint.CheckpointProperties;
import dev.banking.audit.export.StatementExport;
import dev.banking.audit.export.StatementExport.NoProofException;
import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.stored.OwnConnections;
import dev.banking.audit.stored.Snapshot;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/** A user's statement over HTTP. Each holds a connection of its own, so that there are few. */
@Component
class Statements {

  private static final int AT_ONCE = 2;
  private static final int BUFFER_BYTES = 1 << 16;

  private final OwnConnections connections;
  private final CheckpointProperties properties;
  private final Clock clock;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  Statements(OwnConnections connections, CheckpointProperties properties, Clock clock) {
    this.connections = connections;
    this.properties = properties;
    this.clock = clock;
  }

  /** Writes it; nothing is sent when there is nothing to prove by. */
  void write(long user, HttpServletResponse response) throws IOException {
    if (!turns.tryAcquire()) {
      throw new DataAccessResourceFailureException("too many statements at once");
    }
    try (var connection = connections.open("statement")) {
      var key = key();
      Snapshot.begin(connection);
      response.setContentType("application/x-ndjson");
      response.setHeader(
          "Content-Disposition", "attachment; filename=\"statement-" + user + ".ndjson\"");
      var out = new BufferedOutputStream(response.getOutputStream(), BUFFER_BYTES);
      new StatementExport(connection, key).write(out, user, clock.instant());
      connection.rollback();
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("the book cannot be read", e);
    } finally {
      turns.release();
    }
  }

  private SigningKey key() {
    try {
      return SigningKey.read(properties.keyFile());
    } catch (IOException _) {
      throw new NoProofException("this worker has no key to sign with");
    }
  }
}
