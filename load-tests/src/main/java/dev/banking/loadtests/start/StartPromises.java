package dev.banking.loadtests.start;

import dev.banking.loadtests.report.Ratio;
import dev.banking.loadtests.report.Verdicts;

/** What was promised of a start. */
public final class StartPromises {

  private StartPromises() {}

  public static void judge(Verdicts verdicts, Starts.Result result) {
    verdicts
        .add(
            Ratio.atMost(
                "the headline on a fresh system: times a warm one",
                2,
                result.coldHeadline(),
                result.warmHeadline()))
        .add(Ratio.limit("seconds from start to ready", 10, result.ready()))
        .add(Ratio.limit("MiB of the API through the headline", 400, result.peakMebibytes()))
        .add(
            Ratio.atLeast(
                "ready from the cache: times sooner than from the plain jar",
                3,
                result.readyPlain(),
                result.readyAlone()));
  }
}
