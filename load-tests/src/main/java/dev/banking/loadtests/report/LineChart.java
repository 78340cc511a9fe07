package dev.banking.loadtests.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Lines in a picture (SVG) that reads well on a light page and on a dark one: the picture follows
 * the reader's colour scheme.
 *
 * @param title what it shows
 * @param across the name of the horizontal axis, logarithmic or not
 * @param up the name of the vertical axis, logarithmic or not
 */
public record LineChart(String title, Axis across, Axis up, List<Line> lines, List<Mark> marks) {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 76;
  private static final int RIGHT = 150;
  private static final int TOP = 62;
  private static final int BOTTOM = 62;
  private static final int LABEL_GAP = 17;

  private static final String STYLE =
      """
      <style>
        text { font-family: system-ui, -apple-system, "Segoe UI", sans-serif; font-size: 13px; fill: #424a53; }
        .title { font-size: 16px; font-weight: 600; fill: #1f2328; }
        .page { fill: #ffffff; }
        .grid { stroke: #d8dee4; stroke-width: 1; }
        .axis { stroke: #8c959f; stroke-width: 1; }
        .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
        .mark { stroke: #8c959f; stroke-width: 1.5; stroke-dasharray: 5 4; }
        .c0 { stroke: #0969da; } .f0 { fill: #0969da; }
        .c1 { stroke: #bc4c00; } .f1 { fill: #bc4c00; }
        .c2 { stroke: #1a7f37; } .f2 { fill: #1a7f37; }
        .c3 { stroke: #8250df; } .f3 { fill: #8250df; }
        @media (prefers-color-scheme: dark) {
          text { fill: #b1bac4; }
          .title { fill: #e6edf3; }
          .page { fill: #0d1117; }
          .grid { stroke: #262c34; }
          .axis { stroke: #6e7681; }
          .mark { stroke: #6e7681; }
          .c0 { stroke: #58a6ff; } .f0 { fill: #58a6ff; }
          .c1 { stroke: #f0883e; } .f1 { fill: #f0883e; }
          .c2 { stroke: #3fb950; } .f2 { fill: #3fb950; }
          .c3 { stroke: #bc8cff; } .f3 { fill: #bc8cff; }
        }
      </style>
      """;

  /** One axis; a logarithmic one needs values above 0. */
  public record Axis(String name, boolean isLogarithmic) {}

  /** Named points, from left to right. */
  public record Line(String name, List<Point> points) {}

  /** One of them. */
  public record Point(double x, double y) {}

  /** A named place on the horizontal axis. */
  public record Mark(String name, double x) {}

  /** The picture. */
  public String svg() {
    var horizontal = scale(across, Point::x, LEFT, WIDTH - RIGHT);
    var vertical = scale(up, Point::y, HEIGHT - BOTTOM, TOP);
    var svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\" aria-label=\"%s\">\n",
            WIDTH,
            HEIGHT,
            WIDTH,
            HEIGHT,
            escaped(title)));
    svg.append(STYLE);
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"page\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n",
            WIDTH,
            HEIGHT));
    svg.append(text("title", LEFT, 30, "start", title));
    frame(svg, horizontal, vertical);
    marks.forEach(mark -> draw(svg, mark, horizontal));
    for (var number = 0; number < lines.size(); number++) {
      draw(svg, number, horizontal, vertical);
    }
    labels(svg, vertical);
    return svg.append("</svg>\n").toString();
  }

  private Scale scale(Axis axis, ToDoubleFunction<Point> value, double from, double to) {
    var values =
        lines.stream().flatMap(line -> line.points().stream()).mapToDouble(value).toArray();
    return Scale.around(values, axis.isLogarithmic(), from, to);
  }

  private void frame(StringBuilder svg, Scale horizontal, Scale vertical) {
    var right = WIDTH - RIGHT;
    var bottom = HEIGHT - BOTTOM;
    for (var tick : vertical.ticks()) {
      var y = vertical.at(tick);
      svg.append(line("grid", LEFT, y, right, y));
      svg.append(text("", LEFT - 8, y + 4, "end", number(tick)));
    }
    for (var tick : horizontal.ticks()) {
      var x = horizontal.at(tick);
      svg.append(line("grid", x, TOP, x, bottom));
      svg.append(text("", x, bottom + 20, "middle", number(tick)));
    }
    svg.append(line("axis", LEFT, bottom, right, bottom));
    svg.append(text("", LEFT, TOP - 12, "start", up.name()));
    svg.append(text("", (LEFT + right) / 2.0, HEIGHT - 16, "middle", across.name()));
  }

  private static void draw(StringBuilder svg, Mark mark, Scale horizontal) {
    var x = horizontal.at(mark.x());
    svg.append(line("mark", x, TOP, x, HEIGHT - BOTTOM));
    svg.append(text("", x, TOP - 12, "middle", mark.name()));
  }

  private void draw(StringBuilder svg, int number, Scale horizontal, Scale vertical) {
    var path = new StringBuilder();
    for (var point : lines.get(number).points()) {
      var x = horizontal.at(point.x());
      var y = vertical.at(point.y());
      path.append(String.format(Locale.ROOT, path.isEmpty() ? "M%.1f %.1f" : " L%.1f %.1f", x, y));
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"f%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>\n",
              number,
              x,
              y));
    }
    svg.append(String.format(Locale.ROOT, "<path class=\"line c%d\" d=\"%s\"/>\n", number, path));
  }

  /** Each line's name at its end, moved apart where ends are close. */
  private void labels(StringBuilder svg, Scale vertical) {
    var order = new ArrayList<Integer>();
    for (var number = 0; number < lines.size(); number++) {
      if (!lines.get(number).points().isEmpty()) {
        order.add(number);
      }
    }
    order.sort((one, other) -> Double.compare(end(one, vertical), end(other, vertical)));
    var lowest = (double) TOP - LABEL_GAP;
    for (var number : order) {
      lowest = Math.max(lowest + LABEL_GAP, end(number, vertical));
      svg.append(
          text("f" + number, WIDTH - RIGHT + 12, lowest + 4, "start", lines.get(number).name()));
    }
  }

  private double end(int number, Scale vertical) {
    return vertical.at(lines.get(number).points().getLast().y());
  }

  private static String line(String kind, double x1, double y1, double x2, double y2) {
    return String.format(
        Locale.ROOT,
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
        kind,
        x1,
        y1,
        x2,
        y2);
  }

  private static String text(String kind, double x, double y, String anchor, String text) {
    return String.format(
        Locale.ROOT,
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
        kind,
        x,
        y,
        anchor,
        escaped(text));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%s", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
