package dev.banking.api.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LanesTest {

  private static final LaneProperties PROPERTIES =
      new LaneProperties(
          1, 5, 3, 0, Duration.ofSeconds(30), Duration.ofMillis(200), Duration.ofMillis(10));
  private static final LaneProperties IMPATIENT =
      new LaneProperties(
          1, 50, 3, 4, Duration.ofMillis(50), Duration.ofSeconds(30), Duration.ofMillis(10));

  private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());

  private Lanes<Integer, String> lanes(Consumer<List<Ticket<Integer, String>>> before) {
    return lanes(PROPERTIES, before);
  }

  private Lanes<Integer, String> lanes(
      LaneProperties properties, Consumer<List<Ticket<Integer, String>>> before) {
    return new Lanes<>(
        properties,
        batch -> {
          before.accept(batch);
          batches.add(batch.stream().map(Ticket::command).toList());
          batch.forEach(ticket -> ticket.outcome().complete("done " + ticket.command()));
        },
        command -> "too late " + command);
  }

  @Test
  void takesAllThatWaitsAsOneBatchUpToItsLimit() throws Exception {
    var started = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    try (var lanes =
        lanes(_ -> {
          started.countDown();
          await(go);
        })) {
      var first = submit(lanes, 0);
      started.await();
      var rest = List.of(submit(lanes, 1), submit(lanes, 2), submit(lanes, 3), submit(lanes, 4));
      go.countDown();
      assertThat(first.outcome().get()).isEqualTo("done 0");
      assertThat(rest.getLast().outcome().get()).isEqualTo("done 4");
    }
    assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4));
  }

  @Test
  void refusesAtOnceWhenItIsFull() throws Exception {
    var started = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    try (var lanes =
        lanes(_ -> {
          started.countDown();
          await(go);
        })) {
      submit(lanes, 0);
      started.await();
      for (var i = 1; i <= 5; i++) {
        submit(lanes, i);
      }
      assertThat(lanes.submit(1, 6)).isNull();
      assertThat(lanes.waiting()).isEqualTo(5);
      go.countDown();
    }
  }

  @Test
  void refusesAtOnceWhatWouldWaitTooLong() throws Exception {
    var started = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    try (var lanes =
        lanes(
            IMPATIENT,
            _ -> {
              started.countDown();
              await(go);
            })) {
      var _ = submit(lanes, 0);
      started.await();
      var waiting = List.of(submit(lanes, 1), submit(lanes, 2), submit(lanes, 3));
      Awaitility.await().until(() -> lanes.submit(1, 4) == null);
      assertThat(lanes.waiting()).isGreaterThanOrEqualTo(IMPATIENT.minQueued());
      go.countDown();
      assertThat(waiting.getLast().outcome().get()).isEqualTo("done 3");
    }
  }

  @Test
  void withdrawsWhatWaitedTooLongAndNeverExecutesIt() throws Exception {
    var started = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    try (var lanes =
        lanes(_ -> {
          started.countDown();
          await(go);
        })) {
      var stuck = submit(lanes, 0);
      started.await();
      var waiting = submit(lanes, 1);
      assertThat(waiting.outcome().get()).isEqualTo("too late 1");
      assertThat(stuck.outcome()).as("what is being executed is not withdrawn").isNotDone();
      go.countDown();
      assertThat(stuck.outcome().get()).isEqualTo("done 0");
    }
    assertThat(batches).containsExactly(List.of(0));
  }

  @Test
  void outlivesWorkThatFails() throws Exception {
    try (var lanes =
        lanes(batch -> {
          if (batch.getFirst().command() == 0) {
            throw new IllegalStateException("expected by the test");
          }
        })) {
      var failed = submit(lanes, 0);
      assertThat(failed.outcome().handle((_, e) -> e).get())
          .isInstanceOf(IllegalStateException.class);
      assertThat(submit(lanes, 1).outcome().get()).isEqualTo("done 1");
    }
  }

  @Test
  void finishesWhatWaitsBeforeItCloses() {
    var lanes = lanes(_ -> {});
    var tickets = List.of(submit(lanes, 0), submit(lanes, 1));
    lanes.close();
    assertThat(tickets).allSatisfy(ticket -> assertThat(ticket.outcome()).isCompleted());
    assertThat(lanes.submit(1, 2)).isNull();
  }

  @Test
  void keepsOneKeyInOneLaneAndOthersGoOn() throws Exception {
    var go = new CountDownLatch(1);
    var two =
        new LaneProperties(
            2, 5, 3, 5, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(10));
    try (var lanes =
        lanes(
            two,
            batch -> {
              if (batch.getFirst().command() == 0) {
                await(go);
              }
            })) {
      var stuck = submit(lanes, 0);
      var behind = submit(lanes, 1);
      var sharing = Objects.requireNonNull(lanes.submit(3, 3));
      var other = Objects.requireNonNull(lanes.submit(2, 2));
      assertThat(other.outcome().get()).isEqualTo("done 2");
      assertThat(stuck.outcome()).isNotDone();
      assertThat(behind.outcome()).isNotDone();
      assertThat(sharing.outcome()).as("two lanes, and no third").isNotDone();
      go.countDown();
    }
  }

  @Test
  void hasHalfAsManyLanesAsProcessorsUnlessToldOtherwise() {
    var processors = Runtime.getRuntime().availableProcessors();
    assertThat(properties(0).lanes()).isEqualTo(Math.max(1, processors / 2));
    assertThat(properties(3).lanes()).isEqualTo(3);
  }

  private static LaneProperties properties(int count) {
    return new LaneProperties(
        count, 1, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  private static Ticket<Integer, String> submit(Lanes<Integer, String> lanes, int command) {
    return Objects.requireNonNull(lanes.submit(1, command));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
