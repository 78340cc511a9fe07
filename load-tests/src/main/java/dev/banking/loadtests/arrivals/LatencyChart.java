package dev.banking.loadtests.arrivals;

import dev.banking.loadtests.generator.Load.Latency;
import dev.banking.loadtests.report.LineChart;
import dev.banking.loadtests.report.LineChart.Axis;
import dev.banking.loadtests.report.LineChart.Line;
import dev.banking.loadtests.report.LineChart.Mark;
import dev.banking.loadtests.report.LineChart.Point;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Latency against the offered rate. */
public final class LatencyChart {

  private LatencyChart() {}

  public static LineChart of(List<OfferedRates.Point> points, double knee) {
    return new LineChart(
        "Latency of PUT on one user, from when the request was due",
        new Axis("requests per second offered", false),
        new Axis("milliseconds", true),
        List.of(line("p99", points, Latency::p99), line("p50", points, Latency::p50)),
        knee > 0 ? List.of(new Mark("knee", knee)) : List.of());
  }

  private static Line line(
      String name, List<OfferedRates.Point> points, ToDoubleFunction<Latency> figure) {
    return new Line(
        name,
        points.stream()
            .map(it -> new Point(it.offered(), figure.applyAsDouble(it.load().latency())))
            .toList());
  }
}
