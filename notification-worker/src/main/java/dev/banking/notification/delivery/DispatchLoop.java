package dev.banking.notification.delivery;

import dev.banking.notification.store.AttemptResult;
import dev.banking.notification.store.Notifications;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the {@link Dispatcher} until the worker stops: at once when woken, else now and then. */
@Component
public final class DispatchLoop implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(DispatchLoop.class);
  private static final Duration COUNT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration DATABASE_AWAY = Duration.ofSeconds(1);

  private final Dispatcher dispatcher;
  private final Notifications notifications;
  private final DeliveryProperties properties;
  private final Semaphore work = new Semaphore(0);
  private volatile boolean running;
  private volatile int pending;
  private long countedAt;
  private @Nullable Thread thread;

  DispatchLoop(
      Dispatcher dispatcher,
      Notifications notifications,
      DeliveryProperties properties,
      MeterRegistry metrics) {
    this.dispatcher = dispatcher;
    this.notifications = notifications;
    this.properties = properties;
    this.countedAt = System.nanoTime() - COUNT_INTERVAL.toNanos();
    Gauge.builder("notification.pending", this, loop -> loop.pending)
        .description("Notifications that wait to be sent, counted every 5 s up to 100000")
        .register(metrics);
  }

  /** Says that something may be due. Cheap, from any thread. */
  public void wake() {
    work.release();
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("dispatcher").start(this::run);
  }

  /** Lets the round in flight end, which its send timeout bounds. */
  @Override
  public void stop() {
    running = false;
    wake();
    var stopping = thread;
    if (stopping == null) {
      return;
    }
    try {
      if (!stopping.join(properties.sendTimeout().plusSeconds(2))) {
        stopping.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stopped after the consumer, which wakes it. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }

  private void run() {
    try {
      while (running) {
        if (!step()) {
          waitForWork(properties.pollInterval());
        }
      }
    } catch (InterruptedException _) {
      log.info("Stopped while sending; the leases end by themselves");
    }
  }

  /** Whether there may be more to do at once. */
  boolean step() throws InterruptedException {
    List<AttemptResult> results;
    try {
      count();
      results = dispatcher.sendDue();
    } catch (RuntimeException e) {
      log.warn("Cannot take what is due: {}", e.getMessage());
      waitForWork(DATABASE_AWAY);
      return false;
    }
    if (results.isEmpty()) {
      return false;
    }
    finish(results);
    return true;
  }

  // What was sent and is not written would be sent again: so this does not give up while it may
  // run. When the leases end first, whoever claims next tells the users a second time.
  private void finish(List<AttemptResult> results) throws InterruptedException {
    while (true) {
      try {
        notifications.finish(results);
        return;
      } catch (RuntimeException e) {
        log.warn("Cannot write what was sent: {}", e.getMessage());
        if (!running) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(DATABASE_AWAY.toMillis());
      }
    }
  }

  private void count() {
    var now = System.nanoTime();
    if (now - countedAt >= COUNT_INTERVAL.toNanos()) {
      countedAt = now;
      pending = notifications.countPending();
    }
  }

  private void waitForWork(Duration atMost) throws InterruptedException {
    if (work.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      work.drainPermits();
    }
  }
}
