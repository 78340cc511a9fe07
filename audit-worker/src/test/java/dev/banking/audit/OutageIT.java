package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.banking.audit.book.ChainVerdict.Sound;
import dev.banking.common.BankingEvent;
import dev.banking.common.Topology;
import dev.banking.localstack.Backends;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutageIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String[] QUICKLY = {"--audit.inbox.retry-max=500ms"};

  private final Backends backends = Backends.shared();
  private final TestDatabase database = new TestDatabase();

  @AfterEach
  void bringBack() {
    backends.postgres().start();
    backends.rabbitMq().start();
  }

  @Test
  void losesNothingWhenTheDatabaseGoesAndComesBack() throws Exception {
    try (var broker = TestBroker.emptied();
        var worker = Worker.start(database, QUICKLY)) {
      broker.publish(Events.updates(1, 2_000));
      await().atMost(SOON).until(() -> worker.count("audit.appended") > 0);
      backends.postgres().kill();
      broker.publish(Events.updates(2, 1_000));
      backends.postgres().start();
      await().atMost(SOON).until(() -> database.entries() == 3_000);
      await().atMost(SOON).until(() -> broker.waiting(Topology.AUDIT_LOG) == 0);
      assertThat(broker.parked()).isEmpty();
      assertSound(worker, 3_000);
    }
  }

  @Test
  void keepsItsMessagesWhenItStopsWhileTheDatabaseIsAway() throws Exception {
    try (var broker = TestBroker.emptied()) {
      var worker = Worker.start(database);
      broker.publish(Events.updates(1, 10));
      await().atMost(SOON).until(() -> database.entries() == 10);
      backends.postgres().stop();
      broker.publish(Events.updates(2, 500));
      await().atMost(SOON).until(() -> broker.waiting(Topology.AUDIT_LOG) <= 100);
      assertTimeout(Duration.ofSeconds(25), worker::close);
      assertThat(broker.waiting(Topology.AUDIT_LOG)).isEqualTo(500);
      backends.postgres().start();
      try (var next = Worker.start(database)) {
        await().atMost(SOON).until(() -> database.entries() == 510);
        assertSound(next, 510);
      }
    }
  }

  @Test
  void losesNothingWhenTheBrokerIsKilledAndComesBack() throws Exception {
    try (var worker = Worker.start(database, QUICKLY)) {
      var before = Events.updates(1, 3_000);
      try (var broker = TestBroker.emptied()) {
        broker.publish(before);
      }
      backends.rabbitMq().kill();
      backends.rabbitMq().start();
      var last = Events.updated(2, 1);
      await().atMost(SOON).ignoreExceptions().until(() -> isPublished(last));
      await().atMost(SOON).until(() -> database.entries() == 3_001);
      assertSound(worker, 3_001);
    }
  }

  @Test
  void startsWhileTheBrokerIsAwayAndBeginsWhenItComes() throws Exception {
    TestBroker.emptied().close();
    backends.rabbitMq().stop();
    try (var worker = Worker.start(database, QUICKLY)) {
      assertThat(worker.check()).isInstanceOf(Sound.class);
      backends.rabbitMq().start();
      var last = Events.updated(2, 1);
      await().atMost(SOON).ignoreExceptions().until(() -> isPublished(last));
      await().atMost(SOON).until(() -> database.entries() == 1);
      assertSound(worker, 1);
    }
  }

  @Test
  void twoWorkersWriteOneChain() throws Exception {
    try (var broker = TestBroker.emptied();
        var one = Worker.start(database);
        var other = Worker.start(database)) {
      var events = Events.updates(1, 4_000);
      broker.publish(events);
      broker.publish(events.subList(0, 1_000));
      await().atMost(SOON).until(() -> broker.waiting(Topology.AUDIT_LOG) == 0);
      await()
          .atMost(SOON)
          .until(() -> one.count("audit.duplicates") + other.count("audit.duplicates") == 1_000);
      assertThat(List.of(one.count("audit.appended"), other.count("audit.appended")))
          .doesNotContain(0.0);
      assertSound(one, 4_000);
    }
  }

  private static boolean isPublished(BankingEvent event) throws Exception {
    try (var broker = TestBroker.connect()) {
      broker.publish(event);
      return true;
    }
  }

  private static void assertSound(Worker worker, long entries) {
    assertThat(worker.check())
        .isInstanceOfSatisfying(
            Sound.class, sound -> assertThat(sound.entries()).isEqualTo(entries));
  }
}
