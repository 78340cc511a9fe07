package dev.banking.loadtests.arrivals;

import dev.banking.loadtests.generator.Wrk;
import dev.banking.loadtests.lab.Events;
import dev.banking.loadtests.lab.Lab;
import dev.banking.loadtests.lab.Progress;
import java.io.IOException;
import java.time.Duration;

/** Full speed for a while, then silence: how soon has every event arrived? */
public final class Backlog {

  private static final Duration LOAD = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int CONNECTIONS = 200;

  private final Lab lab;
  private final Progress progress;

  public Backlog(Lab lab, Progress progress) {
    this.lab = lab;
    this.progress = progress;
  }

  /**
   * What was found.
   *
   * @param perSecond changes applied a second while the load lasted
   * @param waiting events in the outbox when it ended
   * @param secondsToGo until the outbox was empty and audit book and notifications complete
   * @param followed events a second that relay, broker and workers did from beginning to end
   */
  public record Result(
      double changes, double perSecond, double waiting, double secondsToGo, double followed) {

    @Override
    public String toString() {
      return """
      %,.0f changes, %,.0f a second. When it ended, %,.0f events waited in the outbox; %.1f s later every one was in the
      audit book and among the notifications. From beginning to end: %,.0f events a second.\
      """
          .formatted(changes, perSecond, waiting, secondsToGo, followed);
    }
  }

  public Result measure() throws IOException, InterruptedException {
    var events = new Events(lab.bank());
    var user = lab.main().newUser();
    events.awaitNone();
    var audited = events.audited();
    var notified = events.notifiedOf(user);
    var before = lab.main().changesOf(user);
    progress.say("full speed for " + LOAD.toSeconds() + " s …");
    var start = System.nanoTime();
    lab.wrk().fire(lab.main().base(), Wrk.Request.change(user, "0.01"), CONNECTIONS, LOAD);
    var end = System.nanoTime();
    var waiting = events.waiting();
    progress.say("now the backlog: %,.0f events wait in the outbox …".formatted(waiting));
    var changes = lab.main().changesOf(user) - before;
    while (events.waiting() > 0
        || events.audited() < audited + changes
        || events.notifiedOf(user) < notified + changes) {
      if (System.nanoTime() - end > LIMIT.toNanos()) {
        return new Result(
            changes, changes / LOAD.toSeconds(), waiting, Double.POSITIVE_INFINITY, Double.NaN);
      }
      Thread.sleep(LOOK_AGAIN);
    }
    var done = System.nanoTime();
    var result =
        new Result(
            changes,
            changes / LOAD.toSeconds(),
            waiting,
            (done - end) / 1e9,
            changes * 1e9 / (double) (done - start));
    progress.say("gone after %.1f s".formatted(result.secondsToGo()));
    return result;
  }
}
