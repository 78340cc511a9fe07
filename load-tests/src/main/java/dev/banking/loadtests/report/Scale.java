package dev.banking.loadtests.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * From values to places on an axis.
 *
 * @param low the value at the beginning
 * @param high the value at the end
 * @param from the place of the beginning
 * @param to the place of the end
 */
record Scale(boolean isLogarithmic, double low, double high, double from, double to) {

  private static final int MOST_STEPS = 6;
  private static final double[] NICE = {1, 2, 5, 10};

  /** Has room for all values, and ends at round ones. */
  static Scale around(double[] values, boolean isLogarithmic, double from, double to) {
    var lowest = Arrays.stream(values).filter(value -> value > 0).min().orElse(1);
    var highest = Arrays.stream(values).max().orElse(10);
    if (isLogarithmic) {
      return new Scale(true, roundDown(lowest), roundUp(Math.max(highest, 2 * lowest)), from, to);
    }
    var step = step(highest);
    return new Scale(false, 0, step * Math.ceil(highest / step), from, to);
  }

  /** Where a value is; what a logarithmic axis cannot show is at its beginning. */
  double at(double value) {
    var share =
        isLogarithmic
            ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return from + share * (to - from);
  }

  /** Round values along it. */
  List<Double> ticks() {
    if (!isLogarithmic) {
      var step = step(high);
      return DoubleStream.iterate(0, tick -> tick <= high + step / 2, tick -> tick + step)
          .boxed()
          .toList();
    }
    var isLong = high / low > 500;
    return DoubleStream.iterate(decade(low), tick -> tick <= high, tick -> tick * 10)
        .flatMap(decade ->
            Arrays.stream(isLong ? new double[] {1} : new double[] {1, 2, 5})
                .map(factor -> factor * decade))
        .filter(tick -> tick >= low * 0.999 && tick <= high * 1.001)
        .boxed()
        .toList();
  }

  private static double step(double highest) {
    var rough = highest / MOST_STEPS;
    return decade(rough) * nice(rough / decade(rough));
  }

  private static double nice(double factor) {
    return Arrays.stream(NICE).filter(it -> it >= factor * 0.999).findFirst().orElse(10);
  }

  private static double roundUp(double value) {
    return decade(value) * nice(value / decade(value));
  }

  private static double roundDown(double value) {
    var factor = value / decade(value) * 1.001;
    return decade(value) * (factor >= 5 ? 5 : factor >= 2 ? 2 : 1);
  }

  private static double decade(double value) {
    return Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
  }
}
