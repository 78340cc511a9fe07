package dev.banking.loadtests.lab;

import dev.banking.loadtests.system.Database;
import java.time.Duration;

/** How far the events have come, by SQL. */
public final class Events {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /** So long nothing is written any more: what is to come has come. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Database bank;

  public Events(Database bank) {
    this.bank = bank;
  }

  /** Committed, and not yet confirmed by the broker. */
  public double waiting() {
    return bank.number("SELECT count(*) FROM banking.outbox");
  }

  /** Seconds that the oldest of them has waited. */
  public double oldestSeconds() {
    return bank.number(
        """
        SELECT coalesce((SELECT extract(epoch FROM clock_timestamp() - created_at)
          FROM banking.outbox WHERE parked_at IS NULL ORDER BY id LIMIT 1), 0)
        """);
  }

  /** In the audit book. */
  public double audited() {
    return bank.number("SELECT position FROM audit.chain_head");
  }

  /** Of one user, in the audit book. */
  public double auditedOf(long userId) {
    return bank.number("SELECT count(*) FROM audit.audit_log WHERE user_id = " + userId);
  }

  /** Of one user, told. */
  public double notifiedOf(long userId) {
    return bank.number("SELECT count(*) FROM notification.notification WHERE user_id = " + userId);
  }

  /**
   * Waits until all that waits has been published and written down.
   *
   * @return seconds until the last was
   */
  public double awaitNone() throws InterruptedException {
    var start = System.nanoTime();
    var lastMove = start;
    var audited = audited();
    while (System.nanoTime() - start < LIMIT.toNanos()) {
      var isEmpty = waiting() == 0;
      var now = audited();
      if (now != audited || !isEmpty) {
        lastMove = System.nanoTime();
        audited = now;
      } else if (System.nanoTime() - lastMove > QUIET.toNanos()) {
        return (lastMove - start) / 1e9;
      }
      Thread.sleep(LOOK_AGAIN);
    }
    return Double.POSITIVE_INFINITY;
  }
}
