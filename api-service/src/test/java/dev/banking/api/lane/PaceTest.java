package dev.banking.api.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  private final Pace pace = new Pace();

  @Test
  void expectsNothingBeforeTheFirstBatch() {
    assertThat(pace.expectedNanos(8, 1_000)).isZero();
  }

  @Test
  void followsTheBatchesSlowly() {
    batch(100, 500);
    assertThat(pace.expectedNanos(3, 700)).isEqualTo(3 * 100);
    for (var i = 0; i < 50; i++) {
      batch(1_000, 1_400);
    }
    assertThat(pace.expectedNanos(1, 1_500)).isBetween(396L, 400L);
  }

  @Test
  void countsTheRunningBatchWhenItTakesLonger() {
    batch(100, 500);
    pace.start(1_000);
    assertThat(pace.expectedNanos(2, 1_050)).isEqualTo(2 * 100);
    assertThat(pace.expectedNanos(2, 1_800)).isEqualTo(2 * 800);
    assertThat(pace.expectedNanos(0, 9_000)).isZero();
  }

  @Test
  void worksWithAClockBelowZero() {
    batch(-500, -100);
    pace.start(-50);
    assertThat(pace.expectedNanos(1, 350)).isEqualTo(400);
  }

  private void batch(long startNanos, long endNanos) {
    pace.start(startNanos);
    pace.end(endNanos);
  }
}
