package dev.banking.loadtests.arrivals;

import dev.banking.loadtests.generator.Load;
import dev.banking.loadtests.generator.OpenLoop;
import dev.banking.loadtests.generator.Requests;
import dev.banking.loadtests.lab.Events;
import dev.banking.loadtests.lab.Lab;
import dev.banking.loadtests.lab.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Latency against the rate of arrivals, which does not wait for answers; and where it bends. */
public final class OfferedRates {

  private static final double[] SHARES = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0};
  private static final int CONNECTIONS = 400;

  /** Beyond the knee a request waits so many times longer than when there is little to do. */
  private static final double BENT = 5;

  private static final double KEEPS_UP = 0.98;

  private final Lab lab;
  private final Duration duration;
  private final Progress progress;

  public OfferedRates(Lab lab, Duration duration, Progress progress) {
    this.lab = lab;
    this.duration = duration;
    this.progress = progress;
  }

  /** What happened at one rate. */
  public record Point(double offered, Load load) {

    public double p99() {
      return load.latency().p99();
    }

    boolean keepsUp() {
      return load.failed() == 0 && load.perSecond() >= KEEPS_UP * offered;
    }
  }

  /**
   * Shares of a rate, from low to high.
   *
   * @param capacity what clients that wait for their answers reach
   */
  public List<Point> measure(double capacity) throws IOException, InterruptedException {
    var points = new ArrayList<Point>();
    var request = Requests.change(lab.main().base(), lab.main().hotUser(), "0.01");
    for (var share : SHARES) {
      var offered = capacity * share;
      try (var clients = new OpenLoop(lab.main().base(), CONNECTIONS)) {
        var point = new Point(offered, clients.fire(offered, duration, _ -> request));
        points.add(point);
        progress.say(
            "offered %,7.0f/s: answered %,7.0f/s, p50 %.1f ms, p99 %.1f ms"
                .formatted(
                    offered, point.load().perSecond(), point.load().latency().p50(), point.p99()));
      }
      new Events(lab.bank()).awaitNone();
    }
    return points;
  }

  /** The last rate before the p99 bends away, or answers no longer keep up; 0: none. */
  public static double knee(List<Point> points) {
    var knee = 0.0;
    for (var point : points) {
      if (!point.keepsUp() || point.p99() > BENT * points.getFirst().p99()) {
        return knee;
      }
      knee = point.offered();
    }
    return knee;
  }
}
