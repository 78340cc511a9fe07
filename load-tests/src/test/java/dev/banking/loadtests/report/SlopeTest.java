package dev.banking.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SlopeTest {

  @Test
  void findsALeakUnderASawtooth() {
    var x = new double[60];
    var y = new double[60];
    for (var i = 0; i < x.length; i++) {
      x[i] = i;
      y[i] = 100 + 0.5 * i + (i % 2 == 0 ? 3 : -3);
    }

    assertThat(Slope.of(x, y)).isCloseTo(0.5, within(0.02));
  }

  @Test
  void twoPointsSayNothing() {
    assertThat(Slope.of(new double[] {1, 2}, new double[] {1, 9})).isNaN();
  }
}
