package dev.banking.loadtests.bench;

import dev.banking.loadtests.arrivals.ArrivalTables;
import dev.banking.loadtests.arrivals.Backlog;
import dev.banking.loadtests.arrivals.LatencyChart;
import dev.banking.loadtests.arrivals.Neighbour;
import dev.banking.loadtests.arrivals.OfferedRates;
import dev.banking.loadtests.arrivals.Sustained;
import dev.banking.loadtests.lab.Lab;
import dev.banking.loadtests.lab.Memory;
import dev.banking.loadtests.lab.Part;
import dev.banking.loadtests.lab.Progress;
import dev.banking.loadtests.lab.Settings;
import dev.banking.loadtests.report.Figure;
import dev.banking.loadtests.report.LineChart;
import dev.banking.loadtests.report.Ratio;
import dev.banking.loadtests.report.Report;
import dev.banking.loadtests.report.Rounds;
import dev.banking.loadtests.report.Verdicts;
import dev.banking.loadtests.rounds.AlternatingRounds;
import dev.banking.loadtests.rounds.Curve;
import dev.banking.loadtests.rounds.Measure;
import dev.banking.loadtests.rounds.Promises;
import dev.banking.loadtests.rounds.Series;
import dev.banking.loadtests.start.StartPromises;
import dev.banking.loadtests.start.Starts;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures what was chosen, part by part, and tells each in a section of the report. */
final class Findings {

  private static final Duration SUSTAINED = Duration.ofSeconds(60);
  private static final String ALL_ARRIVED = "full speed for 30 s: seconds until all arrived";
  private static final double ALL_ARRIVED_SECONDS = 60;
  private static final double UNKNOWN = Double.NaN;

  private final Lab lab;
  private final Settings settings;
  private final Progress progress;
  private final Report report;
  private final Measure measure;
  private final Map<String, LineChart> charts = new LinkedHashMap<>();
  private final Verdicts verdicts = new Verdicts();
  private Rounds rounds = new Rounds();

  Findings(Lab lab, Settings settings, Progress progress, Report report) {
    this.lab = lab;
    this.settings = settings;
    this.progress = progress;
    this.report = report;
    this.measure = new Measure(lab, settings.measured());
  }

  /** Pictures by the names of their files. */
  Map<String, LineChart> charts() {
    return charts;
  }

  void measure() throws IOException, SQLException, InterruptedException {
    var alternating = new AlternatingRounds(lab, settings, progress);
    alternating.warmUp();
    rounds = alternating.measure();
    if (!rounds.isEmpty()) {
      tellRounds();
    }
    new Promises(rounds).judge(verdicts);
    if (settings.has(Part.CURVE)) {
      curve();
    }
    sustained(backlog());
    if (settings.has(Part.OPENLOOP)) {
      offeredRates();
    }
    neighbour();
    report.section("Memory", Memory.table(lab));
    starts();
  }

  /** The last section: every promise. */
  void judge() {
    report.section(
        "Verdict",
        verdicts.table(),
        "%d reached, %d missed, %d not measured."
            .formatted(
                verdicts.count(Ratio.Verdict.REACHED),
                verdicts.count(Ratio.Verdict.MISSED),
                verdicts.count(Ratio.Verdict.NOT_MEASURED)));
    report.raw("verdict", verdicts.raw());
  }

  private void tellRounds() {
    report.section(
        "Side by side",
        "Medians of %d alternating rounds of %d s each, after a warm-up of %d s."
            .formatted(
                settings.rounds(), settings.measured().toSeconds(), settings.warmUp().toSeconds()),
        rounds.table(
            List.of(
                Figure.REQUESTS_PER_SECOND,
                Figure.P50_MILLIS,
                Figure.P99_MILLIS,
                Figure.P999_MILLIS,
                Figure.UNEXPECTED)),
        "The price of one request; with everything on, PostgreSQL's part includes the workers' rows.",
        rounds.table(
            List.of(
                Figure.API_CPU_MILLIS,
                Figure.POSTGRES_CPU_MILLIS,
                Figure.WAL_BYTES,
                Figure.TRANSACTIONS,
                Figure.OUTBOX_LEFT,
                Figure.SECONDS_BEHIND)));
    report.raw("rounds", rounds.raw());
  }

  private void curve() throws IOException, InterruptedException {
    var lines = new Curve(measure, progress).measure();
    charts.put("throughput", Curve.chart(lines));
    report.raw("curve", lines);
  }

  private double backlog() throws IOException, InterruptedException {
    if (!settings.has(Part.BACKLOG)) {
      verdicts.add(Ratio.limit(ALL_ARRIVED, ALL_ARRIVED_SECONDS, UNKNOWN));
      return UNKNOWN;
    }
    var backlog = new Backlog(lab, progress).measure();
    report.section("Full speed for 30 s, then silence", backlog);
    report.raw("backlog", backlog);
    verdicts.add(Ratio.limit(ALL_ARRIVED, ALL_ARRIVED_SECONDS, backlog.secondsToGo()));
    return backlog.followed();
  }

  private void sustained(double followed) throws IOException, InterruptedException {
    var ceiling = new Promises(rounds).rate(Series.CEILING);
    var best = UNKNOWN;
    if (settings.has(Part.SUSTAINED)) {
      var guess =
          Double.isNaN(followed) ? measure.hot(200).get(Figure.REQUESTS_PER_SECOND) / 2 : followed;
      progress.say("searching the rate that relay, broker and workers follow …");
      var tries = new Sustained(lab, SUSTAINED, progress).search(guess);
      report.section(
          "Sustained for 60 s with everything on",
          "Open arrivals on one user; it holds while no event waits longer than 5 s and none is missing.",
          ArrivalTables.ofTries(tries));
      report.raw("sustained", tries);
      var found = Sustained.best(tries);
      best = found == null ? 0 : found.perSecond();
    }
    verdicts.add(
        Ratio.atLeast("sustained, all events in time: of the HTTP ceiling", 0.15, best, ceiling));
  }

  private void offeredRates() throws IOException, InterruptedException {
    var capacity = new Promises(rounds).rate(Series.HOT_200);
    var points =
        new OfferedRates(lab, settings.measured(), progress)
            .measure(
                Double.isNaN(capacity)
                    ? measure.hot(200).get(Figure.REQUESTS_PER_SECOND)
                    : capacity);
    var knee = OfferedRates.knee(points);
    report.section(
        "Latency against the offered rate",
        "Open arrivals on one user, latency from when a request was due. The knee: **%,.0f a second**."
            .formatted(knee),
        ArrivalTables.ofRates(points));
    report.raw("offered rates", points);
    charts.put("latency", LatencyChart.of(points, knee));
  }

  private void neighbour() throws IOException, InterruptedException {
    var alone = UNKNOWN;
    var beside = UNKNOWN;
    if (settings.has(Part.NEIGHBOUR)) {
      var result = new Neighbour(lab, settings, progress).measure();
      alone = result.alone();
      beside = result.besideTheLoud();
      report.section(
          "A noisy neighbour",
          "p99 of 50 quiet users with 100 requests a second: %.1f ms alone, %.1f ms while one user is hammered by 200 connections."
              .formatted(alone, beside));
      report.raw("neighbour", result);
    }
    verdicts.add(Ratio.atMost("quiet users beside a loud one: p99 of alone", 3, beside, alone));
  }

  private void starts() throws IOException, SQLException, InterruptedException {
    if (!settings.has(Part.START)) {
      StartPromises.judge(verdicts, Starts.Result.UNKNOWN);
      return;
    }
    var result = new Starts(lab, settings, progress).measure();
    report.section("Start", result);
    report.raw("start", result);
    StartPromises.judge(verdicts, result);
  }
}
