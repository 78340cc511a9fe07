package dev.banking.api.metrics;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * The states of circuit breakers, under the name that Resilience4j's own module gives them. That
 * module also times each call that a breaker lets through, which is not free.
 */
@Component
public final class BreakerStates {

  private static final List<CircuitBreaker.State> STATES =
      List.of(
          CircuitBreaker.State.CLOSED, CircuitBreaker.State.HALF_OPEN, CircuitBreaker.State.OPEN);

  private final MeterRegistry registry;

  BreakerStates(MeterRegistry registry) {
    this.registry = registry;
  }

  /** One gauge a state: 1 for the one that it is in, 0 for the others. */
  public void watch(CircuitBreaker breaker) {
    for (var state : STATES) {
      Gauge.builder(
              "resilience4j.circuitbreaker.state",
              breaker,
              watched -> watched.getState() == state ? 1 : 0)
          .description(
              "1 for the state that the breaker is in; an open one stays until it is asked")
          .tag("name", breaker.getName())
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }
}
