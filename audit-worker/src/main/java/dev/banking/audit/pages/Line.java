package dev.banking.audit.pages;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * A balance over its changes, as the points of an SVG line; each holds until the next one.
 *
 * @param points of the line
 * @param area below it
 * @param lowest of the scale
 * @param highest of the scale
 */
public record Line(String points, String area, BigDecimal lowest, BigDecimal highest) {

  public static final int WIDTH = 720;
  public static final int HEIGHT = 140;
  private static final double MARGIN = 6;

  /** Of at least two balances, the oldest first. */
  static Line of(List<BigDecimal> balances) {
    var lowest = balances.stream().reduce(BigDecimal::min).orElseThrow();
    var highest = balances.stream().reduce(BigDecimal::max).orElseThrow();
    var span = Math.max(0.01, highest.subtract(lowest).doubleValue());
    var step = (WIDTH - 2 * MARGIN) / Math.max(1, balances.size() - 1);
    var points = new StringBuilder();
    var last = 0.0;
    for (var i = 0; i < balances.size(); i++) {
      var above = balances.get(i).subtract(lowest).doubleValue() / span;
      var y = HEIGHT - MARGIN - above * (HEIGHT - 2 * MARGIN);
      var x = MARGIN + i * step;
      if (i > 0) {
        points.append(point(x, last));
      }
      points.append(point(x, y));
      last = y;
    }
    var line = points.toString().strip();
    var area = point(MARGIN, HEIGHT) + line + " " + point(WIDTH - MARGIN, HEIGHT);
    return new Line(line, area.strip(), lowest, highest);
  }

  private static String point(double x, double y) {
    return String.format(Locale.ROOT, "%.1f,%.1f ", x, y);
  }
}
