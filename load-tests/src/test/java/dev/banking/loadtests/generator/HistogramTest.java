package dev.banking.loadtests.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistogramTest {

  private static final double WIDTH = 1.0 / 64;

  @Test
  void percentilesAreThoseOfTheSortedValuesToTheWidthOfABucket() {
    var random = new SplittableRandom(7);
    var values = new long[20_000];
    var histogram = new Histogram();
    for (var i = 0; i < values.length; i++) {
      values[i] = (long) Math.exp(random.nextDouble() * 25);
      histogram.record(values[i]);
    }
    Arrays.sort(values);

    for (var percent : new double[] {0.1, 10, 50, 90, 99, 99.9, 100}) {
      var exact = (double) values[(int) Math.ceil(percent / 100 * values.length) - 1];
      assertThat((double) histogram.percentile(percent))
          .as("%s %%", percent)
          .isCloseTo(exact, within(exact * WIDTH + 1));
    }
  }

  @Test
  void everyValueIsInTheBucketThatEndsAtOrAfterIt() {
    for (var value = 1L; value > 0 && value < Long.MAX_VALUE / 3; value = value * 3 / 2 + 1) {
      var bucket = Histogram.bucket(value);
      assertThat(Histogram.highest(bucket)).isGreaterThanOrEqualTo(value);
      assertThat(Histogram.highest(bucket - 1)).isLessThan(value);
    }
  }

  @Test
  void takesTheLongestThereIs() {
    var histogram = new Histogram();
    histogram.record(Long.MAX_VALUE);

    assertThat(histogram.percentile(50)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void oneSlowRequestInAThousandIsTheWorstAndNotTheP99() {
    var histogram = new Histogram();
    for (var i = 0; i < 999; i++) {
      histogram.record(1_000_000);
    }
    histogram.record(5_000_000_000L);

    var latency = histogram.latency();
    assertThat(latency.p99()).isCloseTo(1, within(0.02));
    assertThat(latency.max()).isEqualTo(5_000);
  }

  @Test
  void nothingRecordedIsNotZero() {
    assertThat(new Histogram().latency().p99()).isNaN();
  }
}
