package dev.banking.audit.pages;

import dev.banking.audit.review.States.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Refused attempts over time, as the rectangles of an SVG chart: a column for each slice of time, a
 * block in it for each reason.
 *
 * @param bars the rectangles
 * @param reasons with their totals and their colours, the most frequent first
 * @param labels below the columns
 * @param most of the highest column
 * @param total of all
 */
public record Bars(
    List<Bar> bars, List<Reason> reasons, List<Label> labels, long most, long total) {

  public static final int WIDTH = 720;
  public static final int HEIGHT = 200;
  private static final int COLOURS = 5;
  private static final double GAP = 0.25;

  /** One block. */
  public record Bar(double x, double y, double width, double height, int colour, String title) {}

  /** One reason. */
  public record Reason(String word, long count, int colour) {}

  /** One word below. */
  public record Label(double x, String text) {}

  static Bars of(List<Refusals> refusals, Instant from, Duration slice, int slices) {
    var counts = new TreeMap<Instant, Map<String, Long>>();
    var totals = new HashMap<String, Long>();
    for (var some : refusals) {
      counts.computeIfAbsent(some.since(), _ -> new HashMap<>()).put(some.reason(), some.count());
      totals.merge(some.reason(), some.count(), Long::sum);
    }
    var reasons = new ArrayList<Reason>();
    totals.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry ->
            reasons.add(
                new Reason(
                    entry.getKey(), entry.getValue(), Math.min(reasons.size(), COLOURS - 1))));
    var most =
        counts.values().stream()
            .mapToLong(column -> column.values().stream().mapToLong(Long::longValue).sum())
            .max()
            .orElse(0);
    var bars = new ArrayList<Bar>();
    var labels = new ArrayList<Label>();
    var time = format(slice);
    var width = (double) WIDTH / slices;
    for (var i = 0; i < slices; i++) {
      var since = from.plus(slice.multipliedBy(i));
      var column = counts.getOrDefault(since, Map.of());
      bars.addAll(column(column, reasons, i * width, width, most, time.format(since)));
      if (i % Math.max(1, slices / 6) == 0) {
        labels.add(new Label(i * width, time.format(since)));
      }
    }
    var total = totals.values().stream().mapToLong(Long::longValue).sum();
    return new Bars(bars, reasons, labels, most, total);
  }

  private static List<Bar> column(
      Map<String, Long> column,
      List<Reason> reasons,
      double x,
      double width,
      long most,
      String when) {
    var bars = new ArrayList<Bar>();
    var top = (double) HEIGHT;
    for (var reason : reasons) {
      var count = column.getOrDefault(reason.word(), 0L);
      if (count > 0) {
        var height = (double) HEIGHT * count / most;
        top -= height;
        var title = "%s: %d %s".formatted(when, count, reason.word().replace('_', ' '));
        bars.add(
            new Bar(x + width * GAP / 2, top, width * (1 - GAP), height, reason.colour(), title));
      }
    }
    return bars;
  }

  private static DateTimeFormatter format(Duration slice) {
    return DateTimeFormatter.ofPattern(slice.toHours() >= 24 ? "MM-dd" : "HH:mm")
        .withZone(ZoneOffset.UTC);
  }
}
