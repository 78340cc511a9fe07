package dev.banking.loadtests.rounds;

import static dev.banking.loadtests.report.Figure.P50_MILLIS;
import static dev.banking.loadtests.report.Figure.REQUESTS_PER_SECOND;

import dev.banking.loadtests.report.Ratio;
import dev.banking.loadtests.report.Rounds;
import dev.banking.loadtests.report.Verdicts;

/** The ratios that were promised, and their bars. */
public final class Promises {

  private final Rounds rounds;

  public Promises(Rounds rounds) {
    this.rounds = rounds;
  }

  /** Those that alternating rounds can tell. */
  public void judge(Verdicts verdicts) {
    verdicts
        .add(
            atLeast(
                "one user, everything on: of the HTTP ceiling",
                0.45,
                Series.HOT_200,
                Series.CEILING))
        .add(
            atLeast(
                "one user, relay off: of the HTTP ceiling",
                0.60,
                Series.OFF_HOT_200,
                Series.CEILING))
        .add(atLeast("one user: times pgbench's one row", 4, Series.HOT_200, Series.PGBENCH_ROW_64))
        .add(atLeast("one user: times the textbook way", 20, Series.HOT_200, Series.TEXTBOOK_200))
        .add(atLeast("one user: 1,000 connections of 200", 0.8, Series.HOT_1000, Series.HOT_200))
        .add(atLeast("drained user: refused of applied", 0.95, Series.REFUSED_200, Series.HOT_200))
        .add(
            atLeast(
                "10,000 users, relay off: of pgbench's 10,000 rows",
                0.50,
                Series.OFF_USERS_200,
                Series.PGBENCH_ROWS_64))
        .add(
            atLeast(
                "one user: tokens, limits and traces on, of off",
                0.9,
                Series.GUARDED_HOT_200,
                Series.PLAIN_HOT_200))
        .add(atLeast("GET cached: of the HTTP ceiling", 0.75, Series.GET_CACHED, Series.CEILING))
        .add(
            Ratio.atMost(
                "one client: p50 of PUT, times pgbench's one row",
                2.5,
                rounds.median(Series.HOT_1.title(), P50_MILLIS),
                rounds.median(Series.PGBENCH_ROW_1.title(), P50_MILLIS)));
  }

  private Ratio atLeast(String promise, double bar, Series one, Series other) {
    return Ratio.atLeast(promise, bar, rate(one), rate(other));
  }

  public double rate(Series series) {
    return rounds.median(series.title(), REQUESTS_PER_SECOND);
  }
}
