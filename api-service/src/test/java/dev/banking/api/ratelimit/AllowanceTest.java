package dev.banking.api.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A caller at a steady rate makes Redis be asked about ten times a second. */
class AllowanceTest {

  private static final long MAX_BLOCK = 50_000;

  private static long next(long size, int lastedMillis) {
    return Allowance.nextSize(size, Duration.ofMillis(lastedMillis).toNanos(), MAX_BLOCK);
  }

  @Test
  void doublesUntilABlockLasts() {
    assertThat(next(1, 0)).isEqualTo(2);
    assertThat(next(256, 99)).isEqualTo(512);
    assertThat(next(512, 100)).as("a steady caller").isEqualTo(512);
    assertThat(next(512, 999)).isEqualTo(512);
    assertThat(next(512, 1_000)).as("another instance may want them").isEqualTo(1);
    assertThat(next(40_000, 10)).isEqualTo(MAX_BLOCK);
  }
}
