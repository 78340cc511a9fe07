package dev.banking.notification.delivery;

import dev.banking.notification.store.AttemptResult;
import dev.banking.notification.store.Claimed;
import dev.banking.notification.store.Notifications;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends what is pending, in rounds: claim a few, send them side by side, write what came of it.
 * Rows that another channel left pending are sent too, by the present one.
 */
@Component
class Dispatcher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  private final Notifications notifications;
  private final DeliveryChannel channel;
  private final DeliveryProperties properties;
  private final Backoff backoff;
  private final Clock clock;
  private final MeterRegistry metrics;
  private final ExecutorService senders =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sender-", 0).factory());

  Dispatcher(
      Notifications notifications,
      DeliveryChannel channel,
      DeliveryProperties properties,
      Clock clock,
      MeterRegistry metrics) {
    this.notifications = notifications;
    this.channel = channel;
    this.properties = properties;
    this.backoff = Backoff.of(properties);
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * One round. The results must be written with {@link Notifications#finish}, however long that
   * takes: what was sent and not written is sent again.
   */
  List<AttemptResult> sendDue() throws InterruptedException {
    var now = clock.instant();
    var claimed =
        notifications.claim(
            channel.name(), now, now.plus(properties.lease()), properties.concurrency());
    if (claimed.isEmpty()) {
      return List.of();
    }
    var attempts = claimed.stream().<Callable<AttemptResult>>map(c -> () -> attempt(c)).toList();
    var futures =
        senders.invokeAll(attempts, properties.sendTimeout().toMillis(), TimeUnit.MILLISECONDS);
    var results = new ArrayList<AttemptResult>(claimed.size());
    for (var i = 0; i < claimed.size(); i++) {
      results.add(counted(result(claimed.get(i), futures.get(i))));
    }
    return results;
  }

  private AttemptResult attempt(Claimed claimed)
      throws DeliveryFailedException, InterruptedException {
    channel.deliver(claimed.notification());
    return new AttemptResult.Sent(claimed, clock.instant());
  }

  private AttemptResult result(Claimed claimed, Future<AttemptResult> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (CancellationException _) {
      return failed(claimed, "took longer than " + properties.sendTimeout());
    } catch (ExecutionException e) {
      var cause = e.getCause();
      return failed(
          claimed,
          cause instanceof DeliveryFailedException known
              ? String.valueOf(known.getMessage())
              : "unexpected: " + (cause == null ? e : cause).getClass().getSimpleName());
    }
  }

  private AttemptResult failed(Claimed claimed, String error) {
    var eventId = claimed.notification().eventId();
    if (claimed.attempt() >= properties.maxAttempts()) {
      LogFields.of(log.atWarn(), claimed.notification())
          .log("Event {}: given up after {} attempts: {}", eventId, claimed.attempt(), error);
      return new AttemptResult.GivenUp(claimed, error);
    }
    var wait = backoff.after(claimed.attempt());
    log.debug("Event {}: attempt {} failed: {}", eventId, claimed.attempt(), error);
    return new AttemptResult.Again(claimed, clock.instant().plus(wait), error);
  }

  private AttemptResult counted(AttemptResult result) {
    var outcome =
        switch (result) {
          case AttemptResult.Sent _ -> "sent";
          case AttemptResult.Again _ -> "failed";
          case AttemptResult.GivenUp _ -> "given_up";
        };
    metrics
        .counter("notification.delivery.attempts", "channel", channel.name(), "outcome", outcome)
        .increment();
    return result;
  }

  @Override
  public void close() {
    senders.shutdownNow();
  }
}
