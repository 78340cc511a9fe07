package dev.banking.audit.checkpoint;

import dev.banking.audit.seal.Checkpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** What is known of the last checkpoint, whoever signed it. Nothing is before the first: NaN. */
@Component
class CheckpointMetrics {

  private final Counter signed;
  private final Counter failures;
  private volatile double position = Double.NaN;
  private volatile double at = Double.NaN;
  private volatile double canSign;

  CheckpointMetrics(MeterRegistry registry) {
    this.signed =
        Counter.builder("audit.checkpoints")
            .description("Checkpoints that this worker signed")
            .register(registry);
    this.failures =
        Counter.builder("audit.checkpoint.failures")
            .description("Checkpoints that could not be signed, or found the book not as signed")
            .register(registry);
    Gauge.builder("audit.checkpoint.position", () -> position)
        .description("The last position that is signed")
        .register(registry);
    TimeGauge.builder("audit.checkpoint.last", () -> at, TimeUnit.SECONDS)
        .description("When the last checkpoint was signed, since 1970")
        .register(registry);
    Gauge.builder("audit.checkpoint.key", () -> canSign)
        .description("1 when this worker has a key to sign with")
        .register(registry);
  }

  void hasKey(boolean hasKey) {
    canSign = hasKey ? 1 : 0;
  }

  void signed() {
    signed.increment();
  }

  void failed() {
    failures.increment();
  }

  void last(Checkpoint checkpoint) {
    position = checkpoint.position();
    at = Instant.parse(checkpoint.createdAt()).toEpochMilli() / 1e3;
  }
}
