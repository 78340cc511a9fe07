package dev.banking.loadtests.report;

import java.util.Arrays;

/** The line that fits points best (least squares): how much it rises for each unit across. */
public final class Slope {

  private static final int FEWEST = 3;

  private Slope() {}

  /** NaN: too few points to say. */
  public static double of(double[] x, double[] y) {
    if (x.length != y.length || x.length < FEWEST) {
      return Double.NaN;
    }
    var meanX = Arrays.stream(x).average().orElseThrow();
    var meanY = Arrays.stream(y).average().orElseThrow();
    var together = 0.0;
    var across = 0.0;
    for (var i = 0; i < x.length; i++) {
      together += (x[i] - meanX) * (y[i] - meanY);
      across += (x[i] - meanX) * (x[i] - meanX);
    }
    return together / across;
  }
}
