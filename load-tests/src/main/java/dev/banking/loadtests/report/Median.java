package dev.banking.loadtests.report;

import java.util.Arrays;

/** The middle one of several figures: one odd round does not move it. */
public final class Median {

  private Median() {}

  /** Of those that are there; of an even number the mean of the middle two; NaN of none. */
  public static double of(double... values) {
    var sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    var middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
