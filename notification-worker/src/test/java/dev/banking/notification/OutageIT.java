package dev.banking.notification;

import static dev.banking.notification.TestWorker.event;
import static dev.banking.notification.TestWorker.eventually;
import static dev.banking.notification.TestWorker.newUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.banking.common.Topology;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class OutageIT {

  private final TestWorker worker = new TestWorker();

  @AfterEach
  void close() {
    worker.close();
  }

  private void publish(long user, long from, long to) {
    LongStream.rangeClosed(from, to).forEach(i -> worker.publish(event(user, i)));
  }

  @Test
  void losesNothingWhileTheDatabaseIsAway() {
    worker.start(Map.of());
    var user = newUser();
    publish(user, 1, 50);
    eventually().until(() -> worker.rows(user) == 50);

    worker.backends.postgres().stop();
    publish(user, 51, 500);
    // The worker has failed with them more than once before the database comes back.
    eventually().until(() -> worker.counted("notification.waits") >= 3);
    worker.backends.postgres().start();

    eventually().until(() -> worker.rows(user) == 500);
    eventually().until(() -> worker.queued(Topology.NOTIFICATIONS) == 0);
    assertThat(worker.queued(Topology.NOTIFICATIONS_PARKED)).isZero();
  }

  @Test
  void losesNothingWhenTheDatabaseIsKilledUnderLoad() {
    worker.start(Map.of());
    var user = newUser();
    publish(user, 1, 1000);

    worker.backends.postgres().kill();
    publish(user, 1001, 2000);
    worker.backends.postgres().start();

    eventually().until(() -> worker.rows(user) == 2000);
    assertThat(worker.queued(Topology.NOTIFICATIONS_PARKED)).isZero();
  }

  @Test
  void stopsWhileItWaitsForTheDatabaseAndGivesTheMessagesBack() {
    worker.start(Map.of());
    var user = newUser();
    worker.backends.postgres().stop();
    publish(user, 1, 300);
    eventually().until(() -> worker.counted("notification.waits") >= 1);

    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(40), worker::stop);

    eventually().until(() -> worker.queued(Topology.NOTIFICATIONS) == 300);
    worker.backends.postgres().start();
    worker.start(Map.of());
    eventually().until(() -> worker.rows(user) == 300);
  }

  @Test
  void recoversByItselfWhenTheBrokerComesBack() {
    worker.start(Map.of());
    var user = newUser();
    publish(user, 1, 100);
    eventually().until(() -> worker.rows(user) == 100);

    worker.backends.rabbitMq().stop();
    worker.backends.rabbitMq().start();
    eventually()
        .untilAsserted(
            () -> assertThatCode(() -> publish(user, 101, 101)).doesNotThrowAnyException());
    publish(user, 102, 200);

    eventually().until(() -> worker.rows(user) >= 200);
  }

  @Test
  void startsWhileTheBrokerIsAway() {
    worker.backends.rabbitMq().stop();
    var user = newUser();

    var context = worker.start(Map.of());

    assertThat(context.isRunning()).isTrue();
    worker.backends.rabbitMq().start();
    eventually()
        .untilAsserted(() -> assertThatCode(() -> publish(user, 1, 1)).doesNotThrowAnyException());
    eventually().until(() -> worker.rows(user) >= 1);
  }
}
