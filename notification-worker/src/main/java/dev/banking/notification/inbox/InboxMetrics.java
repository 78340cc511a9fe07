package dev.banking.notification.inbox;

import dev.banking.notification.delivery.DeliveryChannel;
import dev.banking.notification.store.Notification;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the inbox did, without anything about a user. */
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

  private final DistributionSummary batchSize;
  private final Counter processed;
  private final Counter duplicates;
  private final Counter parked;
  private final Counter waits;
  private final @Nullable Counter told;
  private final Timer lag;
  private final Clock clock;

  InboxMetrics(MeterRegistry registry, DeliveryChannel channel, Clock clock) {
    this.batchSize =
        DistributionSummary.builder("notification.batch.size")
            .description("Messages in a batch")
            .register(registry);
    this.processed = registry.counter("notification.processed");
    this.duplicates = registry.counter("notification.duplicates");
    this.parked = registry.counter("notification.parked");
    this.waits = registry.counter("notification.waits");
    // What an immediate channel tells is told by the transaction, not by the dispatcher.
    this.told =
        channel.isImmediate()
            ? registry.counter(
                "notification.delivery.attempts", "channel", channel.name(), "outcome", "sent")
            : null;
    this.lag =
        Timer.builder("notification.lag")
            .description("From the decision to the committed row")
            .serviceLevelObjectives(LAGS)
            .register(registry);
    this.clock = clock;
  }

  void batch(int messages) {
    batchSize.record(messages);
  }

  void committed(List<Notification> batch, int fresh) {
    processed.increment(fresh);
    duplicates.increment(batch.size() - fresh);
    if (told != null) {
      told.increment(fresh);
    }
    var now = clock.instant();
    for (var notification : batch) {
      var behind = Duration.between(notification.occurredAt(), now);
      lag.record(behind.isNegative() ? Duration.ZERO : behind);
    }
  }

  void parked(int count) {
    parked.increment(count);
  }

  /** The database or the parking queue could not be used; the messages are kept meanwhile. */
  void waited() {
    waits.increment();
  }
}
