package dev.banking.loadtests.lab;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks each second how long the oldest event has waited. */
public final class OutboxAge implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Events events;
  private final List<Double> ages = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private volatile double oldestSeconds;

  private OutboxAge(Events events) {
    this.events = events;
  }

  /** The caller must not use the same events' connection meanwhile. */
  public static OutboxAge watch(Events events) {
    var watch = new OutboxAge(events);
    var period = PERIOD.toMillis();
    var _ = watch.timer.scheduleAtFixedRate(watch::look, period, period, TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    var age = events.oldestSeconds();
    ages.add(age);
    oldestSeconds = Math.max(oldestSeconds, age);
  }

  /** The highest that was seen. */
  public double oldestSeconds() {
    return oldestSeconds;
  }

  /** All that was seen. */
  public List<Double> ages() {
    return List.copyOf(ages);
  }

  @Override
  public void close() {
    timer.close();
  }
}
