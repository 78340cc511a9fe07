package dev.banking.notification.delivery;

import dev.banking.notification.breaker.ChannelBreaker;
import dev.banking.notification.store.AttemptResult;
import dev.banking.notification.store.Claimed;
import dev.banking.notification.store.Notifications;
import io.micrometer.core.instrument.Counter;
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
  private final ChannelBreaker breaker;
  private final Counter sent;
  private final Counter failed;
  private final Counter givenUp;
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
    this.breaker = new ChannelBreaker(channel.name(), properties.retryInitial(), metrics);
    this.sent = attempts(metrics, channel, "sent");
    this.failed = attempts(metrics, channel, "failed");
    this.givenUp = attempts(metrics, channel, "given_up");
  }

  private static Counter attempts(MeterRegistry metrics, DeliveryChannel channel, String outcome) {
    return Counter.builder("notification.delivery.attempts")
        .description("Attempts to tell a user, by what came of them")
        .tag("channel", channel.name())
        .tag("outcome", outcome)
        .register(metrics);
  }

  /**
   * One round. The results must be written with {@link Notifications#finish}, however long that
   * takes: what was sent and not written is sent again.
   */
  List<AttemptResult> sendDue() throws InterruptedException {
    var claimed = claim();
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

  /** As many as the channel may be tried with; none while it is left alone. */
  private List<Claimed> claim() {
    var permits = breaker.permits(properties.concurrency());
    if (permits == 0) {
      return List.of();
    }
    var claimed = 0;
    try {
      var now = clock.instant();
      var due = notifications.claim(channel.name(), now, now.plus(properties.lease()), permits);
      claimed = due.size();
      return due;
    } finally {
      breaker.giveBack(permits - claimed);
    }
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
    switch (result) {
      case AttemptResult.Sent _ -> {
        sent.increment();
        breaker.succeeded();
      }
      case AttemptResult.Again _ -> {
        failed.increment();
        breaker.failed();
      }
      case AttemptResult.GivenUp _ -> {
        givenUp.increment();
        breaker.failed();
      }
    }
    return result;
  }

  @Override
  public void close() {
    senders.shutdownNow();
  }
}
