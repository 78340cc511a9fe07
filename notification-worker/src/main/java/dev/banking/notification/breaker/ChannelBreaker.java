package dev.banking.notification.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens when half of the last attempts failed, and lets a few through again after a while that
 * doubles each time they fail too. Permits are asked for before notifications are claimed: while it
 * is open nothing is claimed, so that an outage, however long, uses up nobody's attempts.
 */
public final class ChannelBreaker {

  private static final Logger log = LoggerFactory.getLogger(ChannelBreaker.class);

  private static final int WINDOW = 20;
  private static final int FEWEST_ATTEMPTS = 10;
  private static final int TRIALS = 3;
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final List<CircuitBreaker.State> STATES =
      List.of(
          CircuitBreaker.State.CLOSED, CircuitBreaker.State.HALF_OPEN, CircuitBreaker.State.OPEN);

  private final CircuitBreaker breaker;

  /**
   * Closed.
   *
   * @param channel its name, also of the metric
   * @param retryAfter how long the channel is left alone at first; never longer than a minute
   */
  public ChannelBreaker(String channel, Duration retryAfter, MeterRegistry registry) {
    var first = retryAfter.compareTo(LONGEST) < 0 ? retryAfter : LONGEST;
    breaker =
        CircuitBreaker.of(
            channel,
            CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, FEWEST_ATTEMPTS, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitIntervalFunctionInOpenState(
                    IntervalFunction.ofExponentialBackoff(first, 2, LONGEST))
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(event ->
            log.warn(
                "The breaker of the channel {} goes from {}", channel, event.getStateTransition()));
    STATES.forEach(state -> watch(state, registry));
  }

  /** Under the name that Resilience4j's own module uses. */
  private void watch(CircuitBreaker.State state, MeterRegistry registry) {
    Gauge.builder(
            "resilience4j.circuitbreaker.state",
            breaker,
            watched -> watched.getState() == state ? 1 : 0)
        .description("1 for the state that the breaker is in; an open one stays until it is asked")
        .tag("name", breaker.getName())
        .tag("state", state.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  /**
   * How many attempts may be made now, up to {@code wanted}; each must be answered with {@link
   * #succeeded}, {@link #failed} or {@link #giveBack}.
   */
  public int permits(int wanted) {
    var permits = 0;
    while (permits < wanted && breaker.tryAcquirePermission()) {
      permits++;
    }
    return permits;
  }

  /** So many attempts were not made after all. */
  public void giveBack(int permits) {
    for (var i = 0; i < permits; i++) {
      breaker.releasePermission();
    }
  }

  /** The channel took one. */
  public void succeeded() {
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /** The channel did not take one. */
  public void failed() {
    breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("not taken"));
  }
}
