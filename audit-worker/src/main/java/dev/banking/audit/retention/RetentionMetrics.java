package dev.banking.audit.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** What became of old months. */
@Component
class RetentionMetrics {

  private final Counter dropped;
  private volatile double blocked;

  RetentionMetrics(MeterRegistry registry) {
    this.dropped =
        Counter.builder("audit.months.dropped")
            .description("Months of the book that this worker dropped for their age")
            .register(registry);
    Gauge.builder("audit.retention.blocked", () -> blocked)
        .description("1 when months could not be made, or one that is old enough not be dropped")
        .register(registry);
  }

  void dropped() {
    dropped.increment();
  }

  void looked() {
    blocked = 0;
  }

  void failed() {
    blocked = 1;
  }
}
