package dev.banking.loadtests.generator;

import dev.banking.loadtests.LoadTestException;
import java.util.HashMap;
import java.util.Map;

/** The line of figures that {@code wrk.lua} prints at the end. */
final class WrkOutput {

  private static final String MARK = "BENCH ";
  private static final double MICROS_PER_MILLI = 1_000;

  private WrkOutput() {}

  /**
   * Its figures.
   *
   * @throws LoadTestException when the line is missing, or lacks a figure
   */
  static Load parse(String output) {
    var line =
        output
            .lines()
            .filter(it -> it.startsWith(MARK))
            .findFirst()
            .orElseThrow(() -> new LoadTestException("wrk told no figures:\n" + output));
    var figures = new HashMap<String, Double>();
    for (var word : line.substring(MARK.length()).split(" ", -1)) {
      var equals = word.indexOf('=');
      figures.put(word.substring(0, equals), Double.parseDouble(word.substring(equals + 1)));
    }
    return new Load(
        (long) get(figures, "requests"),
        (long) get(figures, "status"),
        (long)
            (get(figures, "connect")
                + get(figures, "read")
                + get(figures, "write")
                + get(figures, "timeout")),
        get(figures, "micros") / 1e6,
        new Load.Latency(
            millis(figures, "p50"),
            millis(figures, "p99"),
            millis(figures, "p999"),
            millis(figures, "max")));
  }

  private static double millis(Map<String, Double> figures, String name) {
    return get(figures, name) / MICROS_PER_MILLI;
  }

  private static double get(Map<String, Double> figures, String name) {
    var figure = figures.get(name);
    if (figure == null) {
      throw new LoadTestException("wrk.lua did not tell " + name);
    }
    return figure;
  }
}
