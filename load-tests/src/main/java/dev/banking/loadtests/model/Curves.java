package dev.banking.loadtests.model;

import dev.banking.loadtests.report.LineChart;
import dev.banking.loadtests.report.LineChart.Axis;
import dev.banking.loadtests.report.LineChart.Line;
import dev.banking.loadtests.report.LineChart.Point;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/** Throughput and latency against connections, drawn. */
final class Curves {

  private static final int[] CONNECTIONS = {1, 2, 4, 8, 16, 32, 64, 100, 150, 200, 300, 500, 1_000};
  private static final Axis ACROSS = new Axis("connections", true);

  private final Calibration calibration;
  private final Measured measured;

  Curves(Calibration calibration, Measured measured) {
    this.calibration = calibration;
    this.measured = measured;
  }

  LineChart throughput() {
    var found =
        Arrays.stream(CONNECTIONS)
            .filter(connections -> !Double.isNaN(measured.oneUser(connections)))
            .mapToObj(connections -> new Point(connections, measured.oneUser(connections)))
            .toList();
    return new LineChart(
        "The model: changes a second",
        ACROSS,
        new Axis("changes per second", true),
        List.of(
            line("one user", calibration::oneUser, LoopResult::perSecond),
            line("10,000 users", calibration::manyUsers, LoopResult::perSecond),
            new Line("measured, one user", found),
            line("one by one", calibration::oneByOne, LoopResult::perSecond)),
        List.of());
  }

  LineChart latency() {
    return new LineChart(
        "The model: time to an answer",
        ACROSS,
        new Axis("milliseconds", true),
        List.of(
            line("one user", calibration::oneUser, LoopResult::meanMillis),
            line("10,000 users", calibration::manyUsers, LoopResult::meanMillis),
            line("one by one", calibration::oneByOne, LoopResult::meanMillis)),
        List.of());
  }

  private static Line line(
      String name, IntFunction<LoopResult> model, ToDoubleFunction<LoopResult> value) {
    return new Line(
        name,
        Arrays.stream(CONNECTIONS)
            .mapToObj(connections ->
                new Point(connections, value.applyAsDouble(model.apply(connections))))
            .toList());
  }
}
