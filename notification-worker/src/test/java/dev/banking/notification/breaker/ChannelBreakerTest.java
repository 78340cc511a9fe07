package dev.banking.notification.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChannelBreakerTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private ChannelBreaker failing(Duration retryAfter) {
    var breaker = new ChannelBreaker("webhook", retryAfter, registry);
    for (var i = 0; i < 10; i++) {
      assertThat(breaker.permits(1)).isEqualTo(1);
      if (i % 2 == 0) {
        breaker.failed();
      } else {
        breaker.succeeded();
      }
    }
    return breaker;
  }

  private double isIn(String state) {
    return registry
        .get("resilience4j.circuitbreaker.state")
        .tags("name", "webhook", "state", state)
        .gauge()
        .value();
  }

  @Test
  void opensWhenHalfOfTheAttemptsFail() {
    var breaker = failing(LONG);
    assertThat(breaker.permits(16)).isZero();
    assertThat(isIn("open")).isEqualTo(1);
    assertThat(isIn("closed")).isZero();
  }

  @Test
  void staysClosedWhileFewerFail() {
    var breaker = new ChannelBreaker("webhook", LONG, registry);
    for (var i = 0; i < 100; i++) {
      if (i % 3 == 2) {
        breaker.failed();
      } else {
        breaker.succeeded();
      }
    }
    assertThat(breaker.permits(16)).isEqualTo(16);
    assertThat(isIn("closed")).isEqualTo(1);
  }

  @Test
  void letsAFewTryBeforeItCloses() {
    var breaker = failing(SHORT);
    await().until(() -> breaker.permits(16) == 3);
    assertThat(isIn("half_open")).isEqualTo(1);
    assertThat(breaker.permits(16)).as("no more than three").isZero();
    breaker.giveBack(3);
    assertThat(breaker.permits(16)).as("nobody has tried yet").isEqualTo(3);
    breaker.succeeded();
    breaker.succeeded();
    breaker.succeeded();
    assertThat(breaker.permits(16)).isEqualTo(16);
    assertThat(isIn("closed")).isEqualTo(1);
  }

  @Test
  void opensAgainWhenTheFewFail() {
    var breaker = failing(SHORT);
    await().until(() -> breaker.permits(16) == 3);
    breaker.failed();
    breaker.failed();
    breaker.succeeded();
    assertThat(isIn("open")).isEqualTo(1);
  }
}
