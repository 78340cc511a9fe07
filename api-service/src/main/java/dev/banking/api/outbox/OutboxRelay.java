package dev.banking.api.outbox;

import dev.banking.api.tracing.Tracing;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes what waits in the outbox: lease the buckets, take the oldest events, publish, await the
 * broker's confirms, delete, commit. Whatever fails, the rows stay and are published again: at
 * least once. An event that the broker keeps refusing steps aside, so that the rest goes on, and is
 * parked in the end.
 */
@Component
public class OutboxRelay implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

  private final Outbox outbox;
  private final Broker broker;
  private final TransactionTemplate transactions;
  private final OutboxProperties properties;
  private final Clock clock;
  private final OutboxMetrics metrics;
  private final Tracing tracing;

  private final Semaphore news = new Semaphore(0);
  private volatile @Nullable Thread thread;
  private volatile CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable ConfirmedPublisher publisher;

  // Of the last batch; the relay's thread's alone.
  private Duration oldest = Duration.ZERO;
  private long newest;
  private boolean moreCame;

  OutboxRelay(
      Outbox outbox,
      Broker broker,
      TransactionTemplate transactions,
      OutboxProperties properties,
      Clock clock,
      OutboxMetrics metrics,
      Tracing tracing) {
    this.outbox = outbox;
    this.broker = broker;
    this.transactions = transactions;
    this.properties = properties;
    this.clock = clock;
    this.metrics = metrics;
    this.tracing = tracing;
  }

  /** Says that something was committed. Costs the caller nothing. */
  public void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  /**
   * Publishes one batch.
   *
   * @return how many events were taken; 0: nothing waits, or others hold all leases
   * @throws IOException or TimeoutException when the broker is away or too slow; the rows stay
   */
  int step() throws IOException, TimeoutException, InterruptedException {
    var current = publisher;
    if (current != null && !current.isOpen()) {
      // Found while nothing waits, so that the first event after an outage does not.
      disconnect();
      current = null;
    }
    if (current == null) {
      current = broker.connect();
      publisher = current;
      log.info("Connected to the broker");
    }
    try {
      return publishBatch(current);
    } catch (BrokerFailure e) {
      disconnect();
      switch (e.getCause()) {
        case IOException io -> throw io;
        case TimeoutException timeout -> throw timeout;
        case InterruptedException interrupt -> throw interrupt;
        case null, default -> throw e;
      }
    }
  }

  private int publishBatch(ConfirmedPublisher current) {
    Integer taken =
        transactions.<@Nullable Integer>execute(_ -> {
          var buckets = outbox.lease();
          if (buckets.isEmpty()) {
            return null;
          }
          var events = outbox.oldest(buckets, properties.batch());
          if (!events.isEmpty()) {
            oldest = Duration.between(events.getFirst().createdAt(), clock.instant());
            settle(events, publish(current, events));
            var before = newest;
            newest = outbox.newest();
            moreCame = newest > before;
          }
          return events.size();
        });
    if (taken == null) {
      return 0;
    }
    metrics.led(clock.instant());
    return taken;
  }

  private Map<Long, String> publish(ConfirmedPublisher current, List<WaitingEvent> events) {
    var trace = new PublishTrace(tracing, events);
    try {
      var start = System.nanoTime();
      var refused = current.publish(trace.events(), properties.confirmTimeout());
      trace.settled(refused);
      metrics.settled(events.size(), refused.size(), System.nanoTime() - start);
      return refused;
    } catch (IOException | TimeoutException | InterruptedException | RuntimeException e) {
      trace.failed();
      throw new BrokerFailure(e);
    }
  }

  private void settle(List<WaitingEvent> events, Map<Long, String> refused) {
    outbox.delete(events.stream().filter(event -> !refused.containsKey(event.id())).toList());
    for (var event : events) {
      var reason = refused.get(event.id());
      if (reason != null) {
        settleRefused(event, reason);
      }
    }
  }

  private void settleRefused(WaitingEvent event, String reason) {
    var now = clock.instant();
    if (event.attempts() + 1 >= properties.maxAttempts()) {
      outbox.park(event, reason, now);
      log.error(
          "Event {} was refused {} times and is parked: {}",
          event.eventId(),
          event.attempts() + 1,
          reason);
    } else {
      outbox.refused(event, reason, now.plus(properties.retryAfter(event.attempts())));
    }
  }

  /** Until the latch is open. */
  private void loop(CountDownLatch end) {
    var failures = 0;
    while (end.getCount() > 0) {
      try {
        news.drainPermits();
        var start = System.nanoTime();
        var taken = step();
        failures = 0;
        if (taken == 0) {
          await(properties.pollInterval());
        } else {
          var step = Duration.ofNanos(System.nanoTime() - start);
          rest(properties.restAfter(taken, oldest, step, moreCame), end);
        }
      } catch (InterruptedException _) {
        // stop() is why; the loop's condition decides.
      } catch (IOException | TimeoutException | RuntimeException e) {
        if (failures == 0) {
          log.warn("Events wait in the outbox: {}", e.toString());
        }
        rest(properties.retryAfter(failures++), end);
      }
    }
    disconnect();
  }

  private void await(Duration atMost) throws InterruptedException {
    var _ = news.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits although there is news, unless it is to stop. */
  private void rest(Duration duration, CountDownLatch end) {
    try {
      var _ = end.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      // stop() is why; the loop's condition decides.
    }
  }

  private void disconnect() {
    var current = publisher;
    publisher = null;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public void start() {
    if (properties.relayEnabled()) {
      var end = new CountDownLatch(1);
      stopping = end;
      thread = Thread.ofPlatform().name("outbox-relay").start(() -> loop(end));
    }
  }

  @Override
  public void stop() {
    stopping.countDown();
    var running = thread;
    if (running != null) {
      wake();
      try {
        // A batch in flight is finished rather than published twice; an outage is not waited out.
        if (!running.join(properties.confirmTimeout())) {
          running.interrupt();
          running.join(properties.confirmTimeout());
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      thread = null;
    }
  }

  /** Whether there is a connection to the broker, as far as its heartbeat tells. */
  boolean isConnected() {
    var current = publisher;
    return current != null && current.isOpen();
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** Stopped after the web server: most events of the last requests still leave. */
  @Override
  public int getPhase() {
    return 0;
  }

  /** Carries what happened at the broker out of the transaction, which it rolls back. */
  private static final class BrokerFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokerFailure(Exception cause) {
      super(cause);
    }
  }
}
