package dev.banking.audit.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void triesUntilItWorks() {
    var attempts = new AtomicInteger();
    var isDone =
        patience(Duration.ofMillis(1))
            .tryUntilDone("succeed", () -> true, () -> failBefore(attempts.incrementAndGet(), 4));
    assertThat(isDone).isTrue();
    assertThat(attempts).hasValue(4);
  }

  @Test
  void givesUpWhenNobodyWantsItAnyMore() {
    var attempts = new AtomicInteger();
    var isDone =
        patience(Duration.ofMillis(1))
            .tryUntilDone(
                "succeed",
                () -> attempts.get() < 2,
                () -> failBefore(attempts.incrementAndGet(), 9));
    assertThat(isDone).isFalse();
    assertThat(attempts).hasValue(2);
  }

  @Test
  void stopsInTheMiddleOfALongPause() throws Exception {
    var patience = patience(HOUR);
    var tried = new CountDownLatch(1);
    var isDone =
        CompletableFuture.supplyAsync(() ->
            patience.tryUntilDone(
                "succeed",
                () -> true,
                () -> {
                  tried.countDown();
                  throw new IllegalStateException("never");
                }));
    assertThat(tried.await(5, TimeUnit.SECONDS)).isTrue();
    patience.stop();
    assertThat(isDone.get(5, TimeUnit.SECONDS)).isFalse();
  }

  private static void failBefore(int attempt, int success) {
    if (attempt < success) {
      throw new IllegalStateException("attempt " + attempt);
    }
  }

  private static Patience patience(Duration pause) {
    return new Patience(new InboxProperties(200, 400, pause, pause, pause, pause, pause, pause));
  }
}
