package dev.banking.loadtests.rounds;

import dev.banking.loadtests.lab.Progress;
import dev.banking.loadtests.report.Figure;
import dev.banking.loadtests.report.LineChart;
import dev.banking.loadtests.report.LineChart.Axis;
import dev.banking.loadtests.report.LineChart.Line;
import dev.banking.loadtests.report.LineChart.Point;
import dev.banking.loadtests.report.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Changes of one user a second against connections: the system, the textbook way, pgbench. */
public final class Curve {

  private static final int[] CONNECTIONS = {1, 4, 16, 64, 128, 200, 500, 1_000};

  /** Each client of pgbench is a connection of the server, which lets 200 in. */
  private static final int MOST_PGBENCH_CLIENTS = 128;

  private final Measure measure;
  private final Progress progress;
  private final List<Point> ours = new ArrayList<>();
  private final List<Point> textbook = new ArrayList<>();
  private final List<Point> pgBench = new ArrayList<>();

  public Curve(Measure measure, Progress progress) {
    this.measure = measure;
    this.progress = progress;
  }

  /** One round. */
  public List<Line> measure() throws IOException, InterruptedException {
    for (var connections : CONNECTIONS) {
      ours.add(point(connections, measure.hot(connections)));
      textbook.add(point(connections, measure.textbook(connections)));
      if (connections <= MOST_PGBENCH_CLIENTS) {
        pgBench.add(point(connections, measure.pgBenchRow(connections)));
      }
      progress.say(
          "%,5d connections: %,7.0f/s, textbook %,6.0f/s, pgbench %s"
              .formatted(
                  connections,
                  ours.getLast().y(),
                  textbook.getLast().y(),
                  connections <= MOST_PGBENCH_CLIENTS
                      ? "%,.0f/s".formatted(pgBench.getLast().y())
                      : "-"));
    }
    return List.of(
        new Line("this API", ours),
        new Line("pgbench, one row", pgBench),
        new Line("textbook way", textbook));
  }

  public static LineChart chart(List<Line> lines) {
    return new LineChart(
        "Changes of one user's balance, all durable",
        new Axis("connections", true),
        new Axis("changes per second", true),
        lines,
        List.of());
  }

  private static Point point(int connections, Sample sample) {
    return new Point(connections, sample.get(Figure.REQUESTS_PER_SECOND));
  }
}
