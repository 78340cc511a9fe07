package dev.banking.api.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How much waits in the outbox, and since when. Looked up now and then on one connection, never by
 * a scrape and never by a request; what cannot be known is NaN. All instances look at the same
 * table: take the maximum, not the sum.
 */
@Component
class OutboxMetrics {

  /** More are not counted: counting must stay cheap when it matters. */
  static final int MOST_COUNTED = 100_000;

  private static final Logger log = LoggerFactory.getLogger(OutboxMetrics.class);

  // The first by id is the oldest but for moments; the partial index has it at its beginning.
  private static final String WAITING =
      """
      SELECT (SELECT count(*) FROM (
                SELECT 1 FROM banking.outbox WHERE parked_at IS NULL LIMIT ?) waiting) AS size,
             coalesce((SELECT greatest(0, extract(epoch FROM clock_timestamp() - created_at))
                FROM banking.outbox WHERE parked_at IS NULL ORDER BY id LIMIT 1), 0) AS age
      """;

  private static final String PARKED =
      "SELECT count(*) FROM banking.outbox WHERE parked_at IS NOT NULL";

  private static final Waiting UNKNOWN = new Waiting(Double.NaN, Double.NaN);

  private final JdbcClient jdbc;
  private final TransactionTemplate briefly;
  private final Timer publishing;
  private final Counter published;
  private final Counter refused;

  private volatile Waiting waiting = UNKNOWN;
  private volatile double parked = Double.NaN;
  private volatile double ledAt;
  private boolean isBlind;

  private record Waiting(double size, double ageSeconds) {}

  OutboxMetrics(MeterRegistry registry, JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.briefly = new TransactionTemplate(transactions);
    briefly.setReadOnly(true);
    Gauge.builder("banking.outbox.size", () -> waiting.size())
        .description("Events that wait for the broker; at most 100000 are counted")
        .register(registry);
    TimeGauge.builder("banking.outbox.age", () -> waiting.ageSeconds(), TimeUnit.SECONDS)
        .description("Since when the oldest of them waits")
        .register(registry);
    Gauge.builder("banking.outbox.parked", () -> parked)
        .description("Events that the broker refused too often: they wait for a person")
        .register(registry);
    TimeGauge.builder("banking.outbox.relay.last", () -> ledAt, TimeUnit.SECONDS)
        .description("When this relay last ended a round with a lease, since 1970; 0: never")
        .register(registry);
    publishing =
        Timer.builder("banking.outbox.publish")
            .description("One batch, from the first event to the broker's last confirm")
            .register(registry);
    published =
        Counter.builder("banking.outbox.published")
            .description("Events that the broker has confirmed")
            .register(registry);
    refused =
        Counter.builder("banking.outbox.refused")
            .description("Refusals by the broker, several for an event that is tried again")
            .register(registry);
  }

  /** Counts a batch that the broker has settled. */
  void settled(int events, int refusals, long nanos) {
    publishing.record(nanos, TimeUnit.NANOSECONDS);
    published.increment(events - refusals);
    refused.increment(refusals);
  }

  /** The relay has ended a round in which it held a lease, whether or not anything waited. */
  void led(Instant at) {
    ledAt = at.toEpochMilli() / 1e3;
  }

  @Scheduled(
      fixedDelayString = "${banking.outbox.sample-interval:5s}",
      initialDelayString = "${banking.outbox.sample-interval:5s}")
  synchronized void sample() {
    // Each on its own: a large outbox may be too slow for the second, and its age is known still.
    var isWaitingKnown = look(() -> waiting = lookAtWaiting(), () -> waiting = UNKNOWN);
    var isParkedKnown = look(() -> parked = countParked(), () -> parked = Double.NaN);
    isBlind = !isWaitingKnown || !isParkedKnown;
  }

  private boolean look(Runnable query, Runnable otherwise) {
    try {
      briefly.executeWithoutResult(_ -> {
        jdbc.sql("SET LOCAL statement_timeout = '1s'").update();
        query.run();
      });
      return true;
    } catch (RuntimeException e) {
      otherwise.run();
      if (!isBlind) {
        log.warn("The outbox cannot be looked at: {}", e.toString());
      }
      isBlind = true;
      return false;
    }
  }

  private double countParked() {
    return jdbc.sql(PARKED).query(Long.class).single();
  }

  private Waiting lookAtWaiting() {
    return jdbc.sql(WAITING)
        .param(MOST_COUNTED)
        .query((row, _) -> new Waiting(row.getDouble("size"), row.getDouble("age")))
        .single();
  }
}
