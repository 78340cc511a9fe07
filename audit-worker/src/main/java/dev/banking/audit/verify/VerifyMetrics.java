package dev.banking.audit.verify;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the last run of the job found. Nothing is known before the first: NaN. */
@Component
class VerifyMetrics {

  private volatile @Nullable Report last;
  private volatile double lastRunAt = Double.NaN;

  VerifyMetrics(MeterRegistry registry) {
    TimeGauge.builder("audit.verify.last.run", () -> lastRunAt, TimeUnit.SECONDS)
        .description("When the book was last read to its end, since 1970")
        .register(registry);
    Gauge.builder("audit.verify.entries", this::entries)
        .description("Entries that were read")
        .register(registry);
    for (var kind : Kind.values()) {
      Gauge.builder("audit.verify.findings", () -> findings(kind))
          .description("What was wrong in the last run")
          .tag("kind", kind.word())
          .register(registry);
    }
  }

  private double entries() {
    var report = last;
    return report == null ? Double.NaN : report.entries();
  }

  private double findings(Kind kind) {
    var report = last;
    return report == null ? Double.NaN : report.findings().count(kind);
  }

  void found(Report report, Instant at) {
    last = report;
    lastRunAt = at.toEpochMilli() / 1e3;
  }
}
