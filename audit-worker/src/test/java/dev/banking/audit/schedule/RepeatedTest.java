package dev.banking.audit.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatedTest {

  private static final Duration LONG = Duration.ofHours(1);

  private final AtomicInteger passes = new AtomicInteger();

  @Test
  void repeatsUntilItIsStopped() {
    var repeated = new Repeated("test", Duration.ZERO, this::count);
    repeated.start();
    await().until(() -> passes.get() > 3);
    assertThat(repeated.isRunning()).isTrue();
    repeated.stop(LONG, () -> {});
    var last = passes.get();
    assertThat(repeated.isRunning()).isFalse();
    assertThat(repeated.isStopping()).isTrue();
    repeated.start();
    await().until(() -> passes.get() > last);
    repeated.stop(LONG, () -> {});
  }

  private Duration count() {
    passes.incrementAndGet();
    return Duration.ZERO;
  }

  @Test
  void endsAWaitAtOnce() {
    var repeated = new Repeated("test", LONG, this::count);
    repeated.start();
    repeated.stop(LONG, () -> {});
    assertThat(passes).hasValue(0);
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> repeated.pause(LONG));
  }

  @Test
  void cutsOffAPassThatIsUnderWay() {
    var underWay = new CountDownLatch(1);
    var cut = new CountDownLatch(1);
    var repeated =
        new Repeated(
            "test",
            Duration.ZERO,
            () -> {
              underWay.countDown();
              cut.await();
              return count();
            });
    repeated.start();
    await().until(() -> underWay.getCount() == 0);
    repeated.stop(LONG, cut::countDown);
    assertThat(passes).hasValue(1);
  }

  @Test
  void doesNotWaitLongerForTheFirstThanForTheNext() {
    assertThat(Repeated.atMost(LONG, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(Repeated.atMost(LONG, Duration.ofDays(1))).isEqualTo(LONG);
  }
}
