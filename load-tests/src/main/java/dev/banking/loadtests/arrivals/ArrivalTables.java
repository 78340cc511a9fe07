package dev.banking.loadtests.arrivals;

import dev.banking.loadtests.report.Table;
import java.util.List;

/** For people. */
public final class ArrivalTables {

  private ArrivalTables() {}

  /** Every rate that the search tried, in that order. */
  public static Table ofTries(List<Sustained.Try> tries) {
    var table = new Table().header("offered/s").header("seconds").header("oldest event s");
    table.header("p99 ms").header("missing").header("holds");
    for (var it : tries) {
      table.row(
          List.of(
              "%,.0f".formatted(it.perSecond()),
              "%.1f".formatted(it.load().seconds()),
              "%.1f".formatted(it.oldest()),
              "%.1f".formatted(it.load().latency().p99()),
              "%.0f".formatted(it.missing()),
              it.holds() ? "yes" : "no"));
    }
    return table;
  }

  /** Every rate that was offered. */
  public static Table ofRates(List<OfferedRates.Point> points) {
    var table = new Table().header("offered/s").header("answered/s");
    table.header("p50 ms").header("p99 ms").header("p99.9 ms").header("refused or failed");
    for (var point : points) {
      var load = point.load();
      table.row(
          List.of(
              "%,.0f".formatted(point.offered()),
              "%,.0f".formatted(load.perSecond()),
              "%.1f".formatted(load.latency().p50()),
              "%.1f".formatted(point.p99()),
              "%.1f".formatted(load.latency().p999()),
              Long.toString(load.failed() + load.refused())));
    }
    return table;
  }
}
