package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.audit.book.ChainVerdict.Sound;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how fast events become entries. Asserts only that all do: a figure is worth as much as the
 * machine was idle.
 */
class IngestRateIT {

  private static final Logger LOG = LoggerFactory.getLogger(IngestRateIT.class);
  private static final int EVENTS = 20_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final TestDatabase database = new TestDatabase();

  @Test
  void writesTwentyThousandEventsDown() throws Exception {
    try (var broker = TestBroker.emptied();
        var worker = Worker.start(database)) {
      broker.publish(Events.updates(1, 5_000));
      waitFor(worker, 5_000);

      var begin = System.nanoTime();
      broker.publish(Events.updates(2, EVENTS));
      waitFor(worker, 5_000 + EVENTS);
      LOG.info("Published and appended: {} entries/s", rate(EVENTS, begin));
      LOG.info("Of which {}", worker.timing());

      begin = System.nanoTime();
      assertThat(worker.check())
          .isInstanceOfSatisfying(
              Sound.class, sound -> assertThat(sound.entries()).isEqualTo(5_000 + EVENTS));
      LOG.info("Checked: {} entries/s", rate(5_000 + EVENTS, begin));
      assertThat(database.entries()).isEqualTo(5_000 + EVENTS);
    }
  }

  @Test
  void catchesUpWithTwentyThousandEvents() throws Exception {
    try (var broker = TestBroker.emptied()) {
      broker.publish(Events.updates(1, EVENTS));
      try (var worker = Worker.start(database)) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> appended(worker) > 0);
        var first = appended(worker);
        var begin = System.nanoTime();
        waitFor(worker, EVENTS);
        LOG.info("Caught up, cold: {} entries/s", rate((int) (EVENTS - first), begin));
        assertThat(worker.check()).isInstanceOf(Sound.class);
      }
    }
  }

  private static void waitFor(Worker worker, int entries) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> appended(worker) >= entries);
  }

  private static double appended(Worker worker) {
    return worker.count("audit.appended");
  }

  private static long rate(int entries, long begin) {
    return Math.round(entries * 1e9 / (System.nanoTime() - begin));
  }
}
