package dev.banking.loadtests.report;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of one round, or the medians of several. */
public final class Sample {

  private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);

  /** Adds a figure. */
  public Sample with(Figure figure, double value) {
    figures.put(figure, value);
    return this;
  }

  /** NaN: not measured. */
  public double get(Figure figure) {
    return figures.getOrDefault(figure, Double.NaN);
  }

  /** For each figure the median of the rounds in which it was measured. */
  static Sample median(Collection<Sample> rounds) {
    var median = new Sample();
    for (var figure : Figure.values()) {
      median.with(
          figure, Median.of(rounds.stream().mapToDouble(round -> round.get(figure)).toArray()));
    }
    return median;
  }

  /** By title, for programs. */
  Map<String, Double> byTitle() {
    var titled = new LinkedHashMap<String, Double>();
    figures.forEach((figure, value) -> {
      if (!value.isNaN()) {
        titled.put(figure.title(), value);
      }
    });
    return titled;
  }
}
