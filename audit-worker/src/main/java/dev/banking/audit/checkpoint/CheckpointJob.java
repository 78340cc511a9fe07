package dev.banking.audit.checkpoint;

import dev.banking.audit.checkpoint.CheckpointTable.Row;
import dev.banking.audit.schedule.Repeated;
import dev.banking.audit.seal.SigningKey;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Signs while there is news, and keeps the file of copies complete. */
@Component
class CheckpointJob implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointJob.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final int COPIES_AT_ONCE = 1_000;

  private final CheckpointTable table;
  private final SignHead signHead;
  private final CheckpointProperties properties;
  private final CheckpointMetrics metrics;
  private final Clock clock;
  private final Repeated repeated = new Repeated("checkpoint", Duration.ZERO, this::step);
  private @Nullable SigningKey key;
  private @Nullable CheckpointFile file;
  private @Nullable String lastTrouble;

  CheckpointJob(
      CheckpointTable table,
      SignHead signHead,
      CheckpointProperties properties,
      CheckpointMetrics metrics,
      Clock clock) {
    this.table = table;
    this.signHead = signHead;
    this.properties = properties;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Signs if it is time and there is news; says how long to wait. Never throws. */
  Duration step() {
    try {
      var last = table.last().orElse(null);
      var wait = untilDue(last);
      if (wait.isZero()) {
        last = sign(last);
        wait = properties.interval();
      }
      if (last != null) {
        metrics.last(last.checkpoint());
      }
      copy();
      lastTrouble = null;
      return wait;
    } catch (DataAccessException | TransactionException | UncheckedIOException e) {
      metrics.failed();
      var trouble = "A checkpoint was not made: " + e;
      if (!trouble.equals(lastTrouble)) {
        LOG.warn(trouble);
      }
      lastTrouble = trouble;
      return properties.interval();
    }
  }

  private Duration untilDue(@Nullable Row last) {
    if (last == null) {
      return Duration.ZERO;
    }
    var due = Instant.parse(last.checkpoint().createdAt()).plus(properties.interval());
    var wait = Duration.between(clock.instant(), due);
    // A time in the future, of another machine's clock, must not end the signing.
    return wait.isNegative() || wait.compareTo(properties.interval()) > 0 ? Duration.ZERO : wait;
  }

  private @Nullable Row sign(@Nullable Row last) {
    var with = key;
    if (with == null) {
      with = new KeyFile(properties.keyFile()).find(last == null);
      key = with;
      metrics.hasKey(with != null);
      if (with == null) {
        return last;
      }
    }
    var signed = signHead.run(with, last);
    signed.ifPresent(row -> {
      metrics.signed();
      LOG.info("Checkpoint {}", row.checkpoint().line());
    });
    return signed.orElse(last);
  }

  private void copy() {
    var path = properties.exportFile();
    if (path == null) {
      return;
    }
    var copies = file == null ? new CheckpointFile(path) : file;
    file = copies;
    var missing = table.after(copies.lastNumber(), COPIES_AT_ONCE);
    while (!missing.isEmpty()) {
      copies.append(missing);
      missing = table.after(copies.lastNumber(), COPIES_AT_ONCE);
    }
  }

  @Override
  public void start() {
    if (!properties.interval().isZero()) {
      repeated.start();
    }
  }

  /** Waits for a checkpoint that is under way: it is one short transaction. */
  @Override
  public void stop() {
    repeated.stop(STOP_LIMIT, () -> {});
  }

  @Override
  public boolean isRunning() {
    return repeated.isRunning();
  }
}
