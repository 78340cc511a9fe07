package dev.banking.audit.retention;

import dev.banking.audit.checkpoint.CheckpointProperties;
import dev.banking.audit.schedule.Repeated;
import dev.banking.audit.stored.OwnConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks at the months now and then. */
@Component
class RetentionJob implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Retention retention;
  private final RetentionMetrics metrics;
  private final Repeated repeated;
  private @Nullable String lastSaid;

  RetentionJob(
      OwnConnections connections,
      RetentionProperties properties,
      CheckpointProperties checkpoints,
      RetentionMetrics metrics,
      Clock clock) {
    this.retention =
        new Retention(
            () -> connections.open("retention"),
            properties,
            checkpoints.keyFile(),
            _ -> metrics.dropped(),
            clock);
    this.metrics = metrics;
    this.repeated =
        new Repeated(
            "retention",
            Duration.ZERO,
            () -> {
              runOnce();
              return properties.interval();
            });
  }

  /** Looks once; a failure is said, never thrown. */
  void runOnce() {
    try {
      retention.makeMonths();
      retention.dropWhatIsDue();
      metrics.looked();
      lastSaid = null;
    } catch (NotNowException | SQLException | IOException | UncheckedIOException e) {
      metrics.failed();
      sayOnce("No month was dropped from the audit book: " + e.getMessage());
    }
  }

  private void sayOnce(String trouble) {
    if (!trouble.equals(lastSaid) && !repeated.isStopping()) {
      LOG.warn(trouble);
    }
    lastSaid = trouble;
  }

  @Override
  public void start() {
    repeated.start();
  }

  /** Waits for a month that is under way; cut off, it would be as if it had not begun. */
  @Override
  public void stop() {
    repeated.stop(STOP_LIMIT, () -> {});
  }

  @Override
  public boolean isRunning() {
    return repeated.isRunning();
  }
}
