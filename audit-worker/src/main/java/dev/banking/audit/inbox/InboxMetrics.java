package dev.banking.audit.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What the inbox counts. Nothing is labelled by user: there are too many of them. */
@Component
class InboxMetrics {

  /** The buckets: a line each, so only those that somebody looks at. */
  private static final Duration[] LAGS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5)
  };

  private final Clock clock;
  private final Counter appended;
  private final Counter duplicates;
  private final Counter parked;
  private final Timer lag;
  private final DistributionSummary batchSize;
  private final Timer recording;

  InboxMetrics(MeterRegistry registry, Clock clock) {
    this.clock = clock;
    this.appended =
        Counter.builder("audit.appended")
            .description("Events written into the book")
            .register(registry);
    this.duplicates =
        Counter.builder("audit.duplicates")
            .description("Events that were in the book already")
            .register(registry);
    this.parked =
        Counter.builder("audit.parked")
            .description("Messages put aside as poison")
            .register(registry);
    this.lag =
        Timer.builder("audit.lag")
            .description("From the decision of an event to its place in the book")
            .serviceLevelObjectives(LAGS)
            .register(registry);
    this.recording =
        Timer.builder("audit.recording")
            .description("One batch: reading, hashing, and the transaction")
            .register(registry);
    this.batchSize =
        DistributionSummary.builder("audit.batch.size")
            .description("Messages in a batch")
            .register(registry);
  }

  void appended(Instant occurredAt) {
    appended.increment();
    var age = Duration.between(occurredAt, clock.instant());
    lag.record(age.isNegative() ? Duration.ZERO : age);
  }

  void duplicate() {
    duplicates.increment();
  }

  void parked() {
    parked.increment();
  }

  List<Poison> batch(int size, Supplier<List<Poison>> work) {
    batchSize.record(size);
    return Objects.requireNonNull(recording.record(work));
  }
}
