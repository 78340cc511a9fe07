package dev.banking.audit.reconcile;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the last run of the job found. Nothing is known before the first: NaN. */
@Component
class ReconcileMetrics {

  private final Timer runs;
  private volatile @Nullable Findings last;
  private volatile double lastRunAt = Double.NaN;
  private volatile double readable = Double.NaN;

  ReconcileMetrics(MeterRegistry registry) {
    this.runs =
        Timer.builder("audit.reconcile")
            .description("One reconciliation, with the wait for what is on its way")
            .register(registry);
    TimeGauge.builder("audit.reconcile.last.run", () -> lastRunAt, TimeUnit.SECONDS)
        .description("When all books were last read to their end, since 1970")
        .register(registry);
    Gauge.builder("audit.reconcile.readable", () -> readable)
        .description("1 when the job may read all books, 0 when a schema or a right is missing")
        .register(registry);
    for (var kind : Kind.values()) {
      Gauge.builder("audit.reconcile.differences", () -> differences(kind))
          .description("What did not agree in the last run")
          .tag("kind", kind.word())
          .register(registry);
    }
  }

  private double differences(Kind kind) {
    var findings = last;
    return findings == null ? Double.NaN : findings.count(kind);
  }

  void found(Findings findings, Instant at, long nanos) {
    runs.record(nanos, TimeUnit.NANOSECONDS);
    last = findings;
    lastRunAt = at.toEpochMilli() / 1e3;
    readable = 1;
  }

  void unreadable() {
    readable = 0;
  }
}
