package dev.banking.notification;

import static dev.banking.notification.TestWorker.event;
import static dev.banking.notification.TestWorker.eventually;
import static dev.banking.notification.TestWorker.json;
import static dev.banking.notification.TestWorker.message;
import static dev.banking.notification.TestWorker.newUser;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.common.Topology;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how fast it is, and fails only when it is hopeless: machines differ. */
class ThroughputIT {

  private static final Logger log = LoggerFactory.getLogger(ThroughputIT.class);
  private static final int EVENTS = 20_000;
  private static final int FLOOR_PER_SECOND = 500;

  private final TestWorker worker = new TestWorker();

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void recordsThousandsOfEventsASecond() {
    // The queue is filled first, so that publishing takes no part of the time.
    measure("cold");
    var perSecond = measure("warm");

    assertThat(perSecond).isGreaterThan(FLOOR_PER_SECOND);
  }

  private double measure(String name) {
    var user = newUser();
    for (var sequence = 1; sequence <= EVENTS; sequence++) {
      worker.enqueue(message(json(event(user, sequence)).getBytes(UTF_8)).build());
    }
    eventually().until(() -> worker.queued(Topology.NOTIFICATIONS) >= EVENTS);
    worker.start(Map.of());
    eventually().atMost(Duration.ofMinutes(2)).until(() -> worker.rows(user) == EVENTS);
    worker.stop();
    var perSecond = EVENTS / secondsFromFirstToLast(user);
    log.info("{}: {} events/s", name, Math.round(perSecond));
    return perSecond;
  }

  private double secondsFromFirstToLast(long user) {
    return worker
        .jdbc
        .sql(
            """
            SELECT extract(epoch FROM max(created_at) - min(created_at))
              FROM notification.notification WHERE user_id = ?
            """)
        .param(user)
        .query(Double.class)
        .single();
  }
}
