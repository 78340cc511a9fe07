package dev.banking.loadtests.start;

import dev.banking.loadtests.generator.HeadlineTime;
import dev.banking.loadtests.generator.Wrk;
import dev.banking.loadtests.lab.Events;
import dev.banking.loadtests.lab.Lab;
import dev.banking.loadtests.lab.Progress;
import dev.banking.loadtests.lab.Settings;
import dev.banking.loadtests.report.Median;
import dev.banking.loadtests.system.ApiProcess;
import dev.banking.loadtests.system.LocalSystem;
import dev.banking.loadtests.system.Running;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Starts: how soon ready, how soon fast, and what the headline takes on a cold and a warm one. */
public final class Starts {

  private static final int MOST_ROUNDS = 3;
  private static final Duration LOAD = Duration.ofSeconds(40);
  private static final int CONNECTIONS = 200;
  private static final double FULL = 0.9;

  /** Of the last seconds of the load: by then it is as fast as it gets. */
  private static final int LAST_SLICES = 10;

  private static final long DEMO_USER = 1;

  private final Lab lab;
  private final int rounds;
  private final Progress progress;

  public Starts(Lab lab, Settings settings, Progress progress) {
    this.lab = lab;
    this.rounds = Math.min(MOST_ROUNDS, settings.rounds());
    this.progress = progress;
  }

  /**
   * What was found; seconds, where nothing else is said.
   *
   * @param ready from the start of the API's process, with everything else starting beside it
   * @param readyAlone the API alone, started as make run starts it
   * @param readyPlain the API alone, from the plain jar
   * @param coldHeadline right after everything was ready
   * @param peakMebibytes of the API through that headline
   * @param slices changes applied in each second from the first request on
   */
  public record Result(
      double ready,
      double readyAlone,
      double readyPlain,
      double coldHeadline,
      double warmHeadline,
      double peakMebibytes,
      List<Double> slices,
      String generator) {

    /** Nothing was measured. */
    public static final Result UNKNOWN =
        new Result(
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            List.of(),
            "nothing");

    /** Seconds until the first slice of 90 % of full speed has begun. */
    public double secondsToFull() {
      return Starts.secondsToFull(slices);
    }

    @Override
    public String toString() {
      return """
      Ready %.1f s after the API's process began, with all others starting beside it; alone %.1f s, from the plain jar
      %.1f s. The headline, fired by %s: %.1f s right after readiness, %.1f s on a warm system. The API's memory
      through it: at most %.0f MiB. Changes in each second from the first request on a fresh system:

      %s

      90 %% of full speed after %.0f s.\
      """
          .formatted(
              ready,
              readyAlone,
              readyPlain,
              generator,
              coldHeadline,
              warmHeadline,
              peakMebibytes,
              slices.stream().map("%,.0f"::formatted).collect(Collectors.joining(" · ")),
              secondsToFull());
    }
  }

  public Result measure() throws IOException, SQLException, InterruptedException {
    var headline = new HeadlineTime(lab.workplace().scripts());
    var ready = new ArrayList<Double>();
    var alone = new ArrayList<Double>();
    var plain = new ArrayList<Double>();
    var cold = new ArrayList<Double>();
    var warm = new ArrayList<Double>();
    var peak = new ArrayList<Double>();
    for (var round = 0; round < rounds; round++) {
      warm.add(headline.seconds(lab.main().base(), DEMO_USER));
      new Events(lab.bank()).awaitNone();
      alone.add(secondsOfApi(ApiProcess.like(lab.system(), quiet(), log())));
      plain.add(secondsOfApi(ApiProcess.plain(lab.system(), plainJar(), quiet(), log())));
      try (var system = lab.workplace().launchSystem(Map.of())) {
        ready.add(Readiness.secondsOf(system));
        system.awaitUp();
        cold.add(headline.seconds(address(system), DEMO_USER));
        peak.add(Running.application(system, "api-service").peakMebibytes());
      }
      progress.say(
          "ready %.1f s; alone %.1f s, plain jar %.1f s; headline %.1f s, warm %.1f s; peak %.0f MiB"
              .formatted(
                  ready.getLast(),
                  alone.getLast(),
                  plain.getLast(),
                  cold.getLast(),
                  warm.getLast(),
                  peak.getLast()));
    }
    return new Result(
        median(ready),
        median(alone),
        median(plain),
        median(cold),
        median(warm),
        median(peak),
        slices(),
        headline.generator());
  }

  private List<Double> slices() throws IOException, SQLException, InterruptedException {
    progress.say("a fresh system, second by second …");
    try (var system = lab.workplace().startSystem(Map.of());
        var slices = Slices.of(system, DEMO_USER)) {
      lab.wrk().fire(address(system), Wrk.Request.change(DEMO_USER, "0.01"), CONNECTIONS, LOAD);
      return slices.perSecond();
    }
  }

  static double secondsToFull(List<Double> slices) {
    var last = slices.subList(Math.max(0, slices.size() - LAST_SLICES), slices.size());
    var full = FULL * median(last);
    for (var second = 0; second < slices.size(); second++) {
      if (slices.get(second) >= full) {
        return second;
      }
    }
    return Double.NaN;
  }

  private static double secondsOfApi(ApiProcess api) throws InterruptedException {
    try (api) {
      return api.awaitReady();
    }
  }

  private Map<String, String> quiet() {
    return Map.of(
        "DB_NAME", lab.quiet().database().name(),
        "REDIS_PREFIX", "quiet:",
        "OUTBOX_RELAY_ENABLED", "false");
  }

  private Path plainJar() {
    return lab.workplace().project().resolve("api-service/target/api-service.jar");
  }

  private Path log() {
    return lab.workplace().log("starts");
  }

  private URI address(LocalSystem system) {
    return lab.workplace().address(system);
  }

  private static double median(List<Double> values) {
    return Median.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
