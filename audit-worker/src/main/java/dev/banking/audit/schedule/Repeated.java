package dev.banking.audit.schedule;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One thread that does the same again and again, until the worker stops. */
public final class Repeated {

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);

  private final String name;
  private final Duration firstWait;
  private final Pass pass;

  private volatile CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  /**
   * Starts nothing.
   *
   * @param name of the thread
   * @param firstWait before the first pass
   */
  public Repeated(String name, Duration firstWait, Pass pass) {
    this.name = name;
    this.firstWait = firstWait;
    this.pass = pass;
  }

  /** What is done again and again; it says its own failures. */
  @FunctionalInterface
  public interface Pass {

    /**
     * Once.
     *
     * @return how long to wait for the next
     * @throws InterruptedException when the worker stops meanwhile
     */
    Duration run() throws InterruptedException;
  }

  /** The shorter: a first pass need not wait for a whole interval. */
  public static Duration atMost(Duration longest, Duration interval) {
    return interval.compareTo(longest) < 0 ? interval : longest;
  }

  /** May be called again after a stop. */
  public void start() {
    stopping = new CountDownLatch(1);
    thread = Thread.ofVirtual().name(name).start(this::loop);
  }

  private void loop() {
    try {
      pause(firstWait);
      while (true) {
        var wait = pass.run();
        pause(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
      }
    } catch (InterruptedException _) {
      // The worker stops.
    }
  }

  /**
   * Waits, within a pass or between two.
   *
   * @throws InterruptedException when the worker stops meanwhile
   */
  public void pause(Duration duration) throws InterruptedException {
    if (stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("the worker stops");
    }
  }

  /** Whether a failure may come from the stop. */
  public boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /**
   * Ends the thread, and waits for it.
   *
   * @param limit how long
   * @param cutOff ends a pass that is under way, or lets it end
   */
  public void stop(Duration limit, Runnable cutOff) {
    var running = thread;
    if (running == null) {
      return;
    }
    stopping.countDown();
    cutOff.run();
    try {
      running.join(limit);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  public boolean isRunning() {
    return thread != null;
  }
}
