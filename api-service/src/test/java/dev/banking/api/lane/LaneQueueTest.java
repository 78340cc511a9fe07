package dev.banking.api.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LaneQueueTest {

  @Test
  void handsOutWhatItTookInOrder() {
    var queue = new LaneQueue<Integer>(10);
    IntStream.range(0, 5).forEach(queue::offer);
    var batch = new ArrayList<Integer>();
    assertThat(queue.poll(batch, 3)).isEqualTo(3);
    assertThat(queue.poll(batch, 3)).isEqualTo(2);
    assertThat(queue.poll(batch, 3)).isZero();
    assertThat(batch).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void isFullAtItsCapacity() {
    var queue = new LaneQueue<String>(2);
    assertThat(queue.offer("a")).isTrue();
    assertThat(queue.offer("b")).isTrue();
    assertThat(queue.offer("c")).isFalse();
    assertThat(queue.size()).isEqualTo(2);
    queue.poll(new ArrayList<>(), 1);
    assertThat(queue.offer("c")).isTrue();
  }

  @Test
  @Timeout(10)
  void endsTheWaitWhenItIsClosed() throws InterruptedException {
    var queue = new LaneQueue<String>(2);
    var ended = new CountDownLatch(1);
    Thread.ofPlatform()
        .start(() -> {
          queue.take(new ArrayList<>(), 1);
          ended.countDown();
        });
    queue.close();
    assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(queue.offer("late")).isFalse();
  }

  @Test
  void handsOutWhatWaitedWhenItWasClosed() {
    var queue = new LaneQueue<String>(2);
    queue.offer("a");
    queue.close();
    var batch = new ArrayList<String>();
    assertThat(queue.take(batch, 5)).isEqualTo(1);
    assertThat(queue.take(batch, 5)).isZero();
  }

  @Test
  @Timeout(60)
  void losesNoWakeUpUnderContention() throws InterruptedException {
    var producers = 8;
    var each = 10_000;
    var queue = new LaneQueue<Long>(1_000);
    var lastOf = new ConcurrentHashMap<Long, Long>();
    var taken = new CountDownLatch(producers * each);
    var consumer =
        Thread.ofPlatform()
            .start(() -> {
              var batch = new ArrayList<Long>();
              while (queue.take(batch, 100) > 0) {
                for (var element : batch) {
                  var before = lastOf.put(element / each, element);
                  assertThat(before == null || before < element).isTrue();
                  taken.countDown();
                }
                batch.clear();
              }
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var producer = 0L; producer < producers; producer++) {
        var first = producer * each;
        threads.execute(() -> {
          for (var i = 0; i < each; i++) {
            while (!queue.offer(first + i)) {
              Thread.onSpinWait();
            }
          }
        });
      }
    }
    assertThat(taken.await(30, TimeUnit.SECONDS)).isTrue();
    queue.close();
    consumer.join();
    assertThat(queue.size()).isZero();
  }

  @Test
  @Tag("lincheck")
  void isLinearizable() {
    new ModelCheckingOptions()
        .iterations(5)
        .invocationsPerIteration(300)
        .threads(3)
        .actorsPerThread(3)
        .check(Linearizable.class);
    new StressOptions()
        .iterations(5)
        .invocationsPerIteration(1_000)
        .threads(3)
        .actorsPerThread(4)
        .check(Linearizable.class);
  }

  /**
   * What Lincheck runs: many producers, one consumer. With room for all: at the bound the queue is
   * deliberately weaker, see {@link LaneQueue#offer}.
   */
  public static class Linearizable {

    private final LaneQueue<Integer> queue = new LaneQueue<>(100);

    @Operation
    public boolean offer(@Param(gen = IntGen.class) int element) {
      return queue.offer(element);
    }

    @Operation(nonParallelGroup = "consumer")
    public List<Integer> poll() {
      var batch = new ArrayList<Integer>();
      queue.poll(batch, 1);
      return batch;
    }
  }
}
