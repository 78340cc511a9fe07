package dev.banking.api.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A busy Redis is waited for, a silent one is not. */
class ReadPatienceTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final CompletableFuture<String> never = new CompletableFuture<>();

  @Test
  void waitsOnceForASilentRedisAndAgainAfterItHasAnswered() throws Exception {
    var patience = new ReadPatience(Duration.ofMillis(300), LONG);
    assertThat(waits(patience)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    assertThat(waits(patience)).isLessThan(Duration.ofMillis(200));
    assertThat(patience.await(CompletableFuture.completedFuture("soon"))).isEqualTo("soon");
    patience.answered();
    assertThat(waits(patience)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  private Duration waits(ReadPatience patience) {
    var start = System.nanoTime();
    assertThatThrownBy(() -> patience.await(never)).isInstanceOf(TimeoutException.class);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void waitsForABusyRedisUntilTheTimeLimit() throws Exception {
    var millis = 200;
    try (var others = Executors.newSingleThreadScheduledExecutor()) {
      var patience = new ReadPatience(Duration.ofMillis(millis), Duration.ofMillis(10L * millis));
      var late = new CompletableFuture<String>();
      var _ = others.scheduleWithFixedDelay(patience::answered, 0, 1, TimeUnit.MILLISECONDS);
      var _ = others.schedule(() -> late.complete("late"), 3L * millis, TimeUnit.MILLISECONDS);
      assertThat(patience.await(late)).isEqualTo("late");
      assertThat(waits(patience)).isGreaterThanOrEqualTo(Duration.ofMillis(10L * millis));
      others.shutdownNow();
    }
  }

  @Test
  void tellsOfAFailureAtOnce() {
    var patience = new ReadPatience(LONG, LONG);
    var failed = CompletableFuture.<String>failedFuture(new IllegalStateException("closed"));
    assertThatThrownBy(() -> patience.await(failed))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("closed");
  }
}
