package dev.banking.api.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of this process: a key always leads to the same one.
 *
 * <p>Each lane's thread is a platform thread, because it is busy whenever there is anything to do
 * and must not wait for a carrier behind a thousand request threads.
 *
 * @param <C> the command
 * @param <O> the outcome
 */
public final class Lanes<C, O> implements AutoCloseable {

  private final List<Lane<C, O>> lanes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("lane-timer").daemon().factory());

  /**
   * Starts the lanes.
   *
   * @param properties the bounds
   * @param work executes a batch and completes every ticket's outcome
   * @param tooLate the outcome of a command that waited too long and was withdrawn unexecuted
   */
  public Lanes(
      LaneProperties properties, Consumer<List<Ticket<C, O>>> work, Function<C, O> tooLate) {
    for (var i = 0; i < properties.lanes(); i++) {
      var lane = new Lane<>(properties, work);
      lanes.add(lane);
      threads.add(Thread.ofPlatform().name("lane-" + i).start(lane));
    }
    var maxNanos = properties.maxWait().toNanos();
    var interval = properties.checkInterval().toNanos();
    var _ =
        timer.scheduleAtFixedRate(
            () -> {
              var now = System.nanoTime();
              lanes.forEach(lane -> lane.withdrawOlderThan(maxNanos, now, tooLate));
            },
            interval,
            interval,
            TimeUnit.NANOSECONDS);
  }

  /**
   * Queues the command behind all others of its key.
   *
   * @return null when the lane is full or closing; the command was not and will not be executed
   */
  public @Nullable Ticket<C, O> submit(long key, C command) {
    var ticket = new Ticket<C, O>(command, System.nanoTime());
    var lane = lanes.get(Math.floorMod(Long.hashCode(key), lanes.size()));
    return lane.offer(ticket) ? ticket : null;
  }

  /** How many commands wait in all lanes. */
  public int waiting() {
    return lanes.stream().mapToInt(Lane::size).sum();
  }

  /** How many commands were not let in since the start: a lane was full, too slow, or closing. */
  public long rejected() {
    return lanes.stream().mapToLong(Lane::rejected).sum();
  }

  /** How many commands waited too long since the start, and were withdrawn unexecuted. */
  public long withdrawn() {
    return lanes.stream().mapToLong(Lane::withdrawn).sum();
  }

  /** Accepts nothing more, finishes what waits, and returns when the lanes' threads have ended. */
  @Override
  public void close() {
    lanes.forEach(Lane::close);
    for (var thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        // Whoever closes is in a hurry; the lanes finish what they hold all the same.
        Thread.currentThread().interrupt();
      }
    }
    timer.shutdownNow();
  }
}
