package dev.banking.loadtests.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The model beside everything that was measured. */
final class Comparison {

  private static final int[] CONNECTIONS = {1, 100, Calibration.REFERENCE, 1_000};
  private static final String RATE = "changes/s";

  private final List<Prediction> predictions = new ArrayList<>();

  Comparison(Measured measured, Calibration calibration) {
    for (var connections : CONNECTIONS) {
      add(
          rate("one user", connections),
          measured.oneUser(connections),
          calibration.oneUser(connections).perSecond(),
          connections == Calibration.REFERENCE);
    }
    add(
        named("one user", 1, "ms"),
        measured.number("one-user.1.p50-ms"),
        calibration.oneUser(1).meanMillis(),
        true);
    for (var connections : CONNECTIONS) {
      add(
          named("one user", connections, "changes in a batch"),
          1 / measured.number("one-user." + connections + ".transactions"),
          calibration.oneUser(connections).meanBatch(),
          false);
    }
    add(
        rate("10,000 users", Calibration.REFERENCE),
        measured.number("users." + Calibration.REFERENCE + ".per-second"),
        calibration.manyUsers(Calibration.REFERENCE).perSecond(),
        true);
    add(
        rate("one by one (the textbook way)", Calibration.REFERENCE),
        measured.number("textbook." + Calibration.REFERENCE + ".per-second"),
        calibration.oneByOne(Calibration.REFERENCE).perSecond(),
        false);
  }

  private static String rate(String who, int connections) {
    return named(who, connections, RATE);
  }

  private static String named(String who, int connections, String what) {
    var noun = connections == 1 ? "connection" : "connections";
    return String.format(Locale.ROOT, "%s, %,d %s: %s", who, connections, noun, what);
  }

  private void add(String what, double found, double model, boolean isGiven) {
    if (!Double.isNaN(found)) {
      predictions.add(new Prediction(what, found, model, isGiven));
    }
  }

  List<Prediction> predictions() {
    return List.copyOf(predictions);
  }

  /** The largest error among the predicted rates of this API, in percent of what was measured. */
  double worstPercent() {
    return predictions.stream()
        .filter(prediction -> !prediction.isGiven() && prediction.what().startsWith("one user"))
        .filter(prediction -> prediction.what().endsWith(RATE))
        .mapToDouble(prediction -> Math.abs(prediction.errorPercent()))
        .max()
        .orElse(Double.NaN);
  }
}
