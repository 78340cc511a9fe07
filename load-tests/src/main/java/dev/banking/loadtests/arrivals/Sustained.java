package dev.banking.loadtests.arrivals;

import dev.banking.loadtests.generator.Load;
import dev.banking.loadtests.generator.OpenLoop;
import dev.banking.loadtests.generator.Requests;
import dev.banking.loadtests.lab.Events;
import dev.banking.loadtests.lab.Lab;
import dev.banking.loadtests.lab.OutboxAge;
import dev.banking.loadtests.lab.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The highest rate of arrivals at which, for a minute, no event waits longer than five seconds in
 * the outbox, and every change arrives in the audit book and among the notifications.
 */
public final class Sustained {

  private static final double OLDEST_SECONDS = 5;
  private static final int CONNECTIONS = 200;
  private static final int MOST_TRIES = 7;

  /** The highest that held and the lowest that did not are so close: that is the answer. */
  private static final double CLOSE_ENOUGH = 1.08;

  private static final double STEP = 1.25;

  /** A run that takes so much longer was not at its rate. */
  private static final Duration LATE = Duration.ofSeconds(2);

  private final Lab lab;
  private final Duration duration;
  private final Progress progress;

  public Sustained(Lab lab, Duration duration, Progress progress) {
    this.lab = lab;
    this.duration = duration;
    this.progress = progress;
  }

  /**
   * One rate.
   *
   * @param ages seconds that the oldest event had waited, each second
   * @param holds whether all of it was kept
   */
  public record Try(double perSecond, Load load, List<Double> ages, double missing, boolean holds) {

    public double oldest() {
      return ages.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
  }

  /** Searches from a first guess on; all tries, in their order. */
  public List<Try> search(double firstGuess) throws IOException, InterruptedException {
    var tries = new ArrayList<Try>();
    var holds = 0.0;
    var fails = Double.POSITIVE_INFINITY;
    var rate = firstGuess;
    while (tries.size() < MOST_TRIES && fails > CLOSE_ENOUGH * Math.max(holds, 1)) {
      var result = attempt(rate);
      tries.add(result);
      if (result.holds()) {
        holds = rate;
      } else {
        fails = rate;
      }
      rate = next(holds, fails);
    }
    return tries;
  }

  /** Between the two when both are known, else further in the one direction. */
  static double next(double holds, double fails) {
    if (holds == 0) {
      return fails / STEP;
    }
    return Double.isInfinite(fails) ? holds * STEP : Math.sqrt(holds * fails);
  }

  /** The highest rate that held; null: none did. */
  public static @Nullable Try best(List<Try> tries) {
    return tries.stream()
        .filter(Try::holds)
        .reduce((one, other) -> one.perSecond() > other.perSecond() ? one : other)
        .orElse(null);
  }

  private Try attempt(double perSecond) throws IOException, InterruptedException {
    var events = new Events(lab.bank());
    var user = lab.main().newUser();
    events.awaitNone();
    var audited = events.audited();
    var notified = events.notifiedOf(user);
    var before = lab.main().changesOf(user);
    var request = Requests.change(lab.main().base(), user, "0.01");
    Load load;
    List<Double> ages;
    try (var watch = OutboxAge.watch(events);
        var clients = new OpenLoop(lab.main().base(), CONNECTIONS)) {
      load =
          clients.fire(
              perSecond, duration, _ -> request, () -> watch.oldestSeconds() <= OLDEST_SECONDS);
      ages = watch.ages();
    }
    events.awaitNone();
    var changes = lab.main().changesOf(user) - before;
    var missing =
        Math.max(
            changes - (events.audited() - audited), changes - (events.notifiedOf(user) - notified));
    var holds =
        ages.stream().allMatch(age -> age <= OLDEST_SECONDS)
            && load.refused() + load.failed() == 0
            && load.seconds() <= (double) duration.plus(LATE).toSeconds()
            && missing == 0;
    var result = new Try(perSecond, load, ages, missing, holds);
    progress.say(
        "%,6.0f/s for %.0f s: oldest event %.1f s, p99 %.0f ms, missing %.0f: %s"
            .formatted(
                perSecond,
                load.seconds(),
                result.oldest(),
                load.latency().p99(),
                missing,
                holds ? "holds" : "does not hold"));
    return result;
  }
}
