package dev.banking.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MedianTest {

  @Test
  void oneOddRoundDoesNotMoveIt() {
    assertThat(Median.of(5, 1, 1_000_000, 3, 4)).isEqualTo(4);
  }

  @Test
  void ofAnEvenNumberItIsBetweenTheMiddleTwo() {
    assertThat(Median.of(4, 1, 2, 10)).isEqualTo(3);
  }

  @Test
  void whatWasNotMeasuredDoesNotCount() {
    assertThat(Median.of(Double.NaN, 7, Double.NaN)).isEqualTo(7);
    assertThat(Median.of()).isNaN();
  }
}
