package dev.banking.api.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LaneTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  /** One command a batch, and whatever would have to wait waits too long beyond two. */
  private static final LaneProperties IMPATIENT =
      new LaneProperties(1, 50, 1, 2, Duration.ZERO, LONG, LONG);

  @Test
  void withdrawsWhatHasWaitedForLongerThanItMay() {
    var lane = new Lane<String, String>(IMPATIENT, _ -> {});
    var older = new Ticket<String, String>("older", 1_000);
    var younger = new Ticket<String, String>("younger", 1_001);
    assertThat(lane.offer(older) && lane.offer(younger)).isTrue();
    lane.withdrawOlderThan(100, 1_101, command -> command + " is too late");
    assertThat(older.outcome()).isCompletedWithValue("older is too late");
    assertThat(younger.outcome()).isNotDone();
    lane.withdrawOlderThan(100, 1_101, command -> command + " again");
    assertThat(lane.withdrawn()).as("each counts once").isEqualTo(1);
  }

  @Test
  void letsSoManyWaitHoweverSlowItIs() throws Exception {
    var lane = new Busy(IMPATIENT);
    assertThat(lane.accepts("first")).isTrue();
    assertThat(lane.accepts("second")).isTrue();
    assertThat(lane.accepts("one too many")).isFalse();
    assertThat(lane.rejected()).isEqualTo(1);
    lane.end();
  }

  @Test
  void foreseesTheWaitInBatches() throws Exception {
    var lane = new Busy(new LaneProperties(1, 50, 3, 0, Duration.ZERO, LONG, LONG));
    assertThat(lane.accepts("first of the next batch")).isTrue();
    assertThat(lane.accepts("second")).isTrue();
    assertThat(lane.accepts("third")).isTrue();
    assertThat(lane.accepts("first of the one after")).isFalse();
    lane.end();
  }

  @Test
  void knowsFromTheLastBatchHowSlowItIs() throws Exception {
    var lane = new Busy(new LaneProperties(1, 50, 1, 0, Duration.ofMillis(50), LONG, LONG));
    assertThat(lane.accepts("second batch")).isTrue();
    await().pollDelay(Duration.ofMillis(400)).until(() -> true);
    lane.nextBatch();
    assertThat(lane.accepts("third batch")).isTrue();
    assertThat(lane.accepts("it would wait for a quarter of 400 ms")).isFalse();
    lane.end();
  }

  /** A lane whose work lasts as long as the test says; the first command is being executed. */
  private static final class Busy {

    private final Semaphore started = new Semaphore(0);
    private final Semaphore go = new Semaphore(0);
    private final Lane<String, String> lane;
    private final Thread thread;

    Busy(LaneProperties properties) throws InterruptedException {
      lane =
          new Lane<>(
              properties,
              _ -> {
                started.release();
                go.acquireUninterruptibly();
              });
      thread = Thread.ofPlatform().start(lane);
      assertThat(accepts("running")).isTrue();
      started.acquire();
    }

    boolean accepts(String command) {
      return lane.offer(new Ticket<>(command, 0));
    }

    long rejected() {
      return lane.rejected();
    }

    void nextBatch() throws InterruptedException {
      go.release();
      started.acquire();
    }

    void end() throws InterruptedException {
      lane.close();
      go.release(100);
      thread.join();
      assertThat(lane.size()).isZero();
    }
  }
}
