package dev.banking.audit.verify;

import dev.banking.audit.checkpoint.CheckpointProperties;
import dev.banking.audit.command.Progress;
import dev.banking.audit.schedule.Repeated;
import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.seal.TrustedKeys;
import dev.banking.audit.stored.OwnConnections;
import dev.banking.audit.stored.Snapshot;
import dev.banking.audit.verify.LedgerPlaces.Missing;
import dev.banking.audit.verify.Recording.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Verifies the book now and then, on a connection of its own, and notes what it found. */
@Component
class VerifyJob implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(VerifyJob.class);
  private static final Duration LONGEST_FIRST_WAIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final OwnConnections connections;
  private final VerifyProperties properties;
  private final CheckpointProperties checkpoints;
  private final VerifyMetrics metrics;
  private final Clock clock;

  private final Repeated repeated;
  private volatile @Nullable Connection current;

  VerifyJob(
      OwnConnections connections,
      VerifyProperties properties,
      CheckpointProperties checkpoints,
      VerifyMetrics metrics,
      Clock clock) {
    this.connections = connections;
    this.properties = properties;
    this.checkpoints = checkpoints;
    this.metrics = metrics;
    this.clock = clock;
    this.repeated =
        new Repeated(
            "verify", Repeated.atMost(LONGEST_FIRST_WAIT, properties.interval()), this::runAndWait);
  }

  private Duration runAndWait() throws InterruptedException {
    runOnce();
    return properties.interval();
  }

  /** Verifies once; a failure is said, never thrown. */
  void runOnce() throws InterruptedException {
    try {
      var startedAt = clock.instant();
      var report = verify();
      var finishedAt = clock.instant();
      metrics.found(report, finishedAt);
      if (report.isSound()) {
        LOG.info("The book is sound: {} entries", report.entries());
      } else {
        LOG.error(
            "THE BOOK IS NOT SOUND: {}. make audit-verify names the places.",
            report.findings().counts());
      }
      try (var connection = open()) {
        Recording.write(connection, new Run("job", "audit-worker", startedAt, finishedAt), report);
      }
    } catch (SQLException | IOException e) {
      if (!repeated.isStopping()) {
        LOG.warn("The book was not verified: {}", e.toString());
      }
    }
  }

  private Report verify() throws SQLException, IOException, InterruptedException {
    Verification verification;
    List<Missing> missing;
    try (var connection = open()) {
      Snapshot.begin(connection);
      var snapshot = new Snapshot(connection);
      var keys = keys(snapshot.hasCheckpoints());
      verification = new Verification(connection, keys, Progress.none()).readBook();
      missing = snapshot.hasLedger() ? verification.compareLedger() : List.of();
      connection.rollback();
    }
    if (!missing.isEmpty()) {
      repeated.pause(properties.grace());
      try (var connection = open()) {
        Snapshot.begin(connection);
        new LedgerPlaces(connection).nameStillMissing(missing, verification.findings());
        connection.rollback();
      }
    }
    return verification.report();
  }

  private TrustedKeys keys(boolean hasCheckpoints) throws IOException {
    var file = SigningKey.publicFile(checkpoints.keyFile());
    if (!Files.exists(file) && hasCheckpoints) {
      throw new IOException("there are checkpoints, but no public key at " + file);
    }
    return Files.exists(file) ? TrustedKeys.read(file) : TrustedKeys.none();
  }

  private Connection open() throws SQLException {
    var opened = connections.open("verify");
    current = opened;
    return opened;
  }

  @Override
  public void start() {
    if (!properties.interval().isZero()) {
      repeated.start();
    }
  }

  /** A pass that is under way is cut off: it has nothing to lose. */
  @Override
  public void stop() {
    repeated.stop(STOP_LIMIT, this::cutOff);
  }

  private void cutOff() {
    try {
      var open = current;
      if (open != null) {
        open.abort(Runnable::run);
      }
    } catch (SQLException e) {
      LOG.debug("A connection could not be cut off", e);
    }
  }

  @Override
  public boolean isRunning() {
    return repeated.isRunning();
  }
}
