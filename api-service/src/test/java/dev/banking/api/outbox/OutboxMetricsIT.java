package dev.banking.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.api.Api;
import dev.banking.api.RealBackends;
import dev.banking.localstack.Backends;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the outbox is said to hold. Samples are taken by hand; the schedule is Spring's. */
@RealBackends
@ExtendWith(OutputCaptureExtension.class)
class OutboxMetricsIT {

  private static final Duration LONG = Duration.ofSeconds(30);

  @LocalServerPort private int port;
  @Autowired private MeterRegistry registry;
  @Autowired private OutboxMetrics metrics;
  @Autowired private JdbcClient jdbc;

  @AfterEach
  void bringBack() {
    Backends.shared().postgres().start();
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(
            () -> jdbc.sql("DELETE FROM banking.outbox WHERE traceparent = 'test'").update() >= 0);
  }

  @Test
  void tellsHowMuchWaitsAndSinceWhen() {
    insert(3, "now() - interval '70 seconds'", "NULL");
    insert(2, "now() - interval '900 seconds'", "now()");
    metrics.sample();
    assertThat(gauge("size")).isEqualTo(3);
    assertThat(gauge("age")).isBetween(69.0, 100.0);
    assertThat(gauge("parked")).isEqualTo(2);
  }

  /** Not due for an hour, so that the relay leaves them alone. */
  private void insert(int rows, String createdAt, String parkedAt) {
    jdbc.sql(
            """
            INSERT INTO banking.outbox (user_id, bucket, event_id, event_type, payload, traceparent,
              created_at, not_before, parked_at)
            SELECT 1, 1, gen_random_uuid(), 't', '', 'test', %s, now() + interval '1 hour', %s
              FROM generate_series(1, ?)
            """
                .formatted(createdAt, parkedAt))
        .param(rows)
        .update();
  }

  @Test
  void countsWhatTheBrokerConfirms() {
    var before = registry.get("banking.outbox.published").counter().count();
    var batches = registry.get("banking.outbox.publish").timer().count();
    var api = new Api(port);
    var id = api.createUser("10");
    api.put(id, "-1");
    api.put(id, "-100");
    await()
        .atMost(LONG)
        .until(() -> registry.get("banking.outbox.published").counter().count() >= before + 3);
    assertThat(registry.get("banking.outbox.publish").timer().count()).isGreaterThan(batches);
    assertThat(registry.get("banking.outbox.refused").counter().count()).isZero();
    await()
        .atMost(LONG)
        .until(() -> {
          metrics.sample();
          return gauge("size") == 0 && gauge("age") == 0;
        });
  }

  @Test
  void knowsNothingAndSaysSoOnceWhileTheDatabaseIsAway(CapturedOutput output) {
    metrics.sample();
    assertThat(gauge("parked")).isNotNaN();
    Backends.shared().postgres().kill();
    for (var i = 0; i < 5; i++) {
      metrics.sample();
    }
    assertThat(gauge("size")).isNaN();
    assertThat(gauge("age")).isNaN();
    assertThat(gauge("parked")).isNaN();
    assertThat(output.getAll().split("The outbox cannot be looked at", -1)).hasSize(2);

    Backends.shared().postgres().start();
    await()
        .atMost(LONG)
        .until(() -> {
          metrics.sample();
          return gauge("size") >= 0;
        });
  }

  private double gauge(String name) {
    return registry.get("banking.outbox." + name).gauge().value();
  }
}
