package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.audit.reconcile.Books;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The command and the job, as they are used. */
class ReconcileIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String[] OFTEN = {
    "--audit.reconcile.interval=200ms", "--audit.reconcile.grace=0s"
  };

  private final TestDatabase database = new TestDatabase();
  private final Operator operator = new Operator(database);

  @Test
  void endsWithZeroOneOrTwo() {
    assertThat(operator.types("reconcile")).isEqualTo(2);
    assertThat(operator.sees()).contains("the books cannot be read", "does not exist");

    var books = new Books(database).write(3, 4);
    assertThat(operator.types("reconcile")).isZero();
    assertThat(operator.sees()).contains("The books agree.").doesNotContain("looking for it again");

    books.tamper("DELETE FROM notification.notification WHERE user_id = 2 AND sequence = 3");
    assertThat(operator.types("reconcile", "--grace", "0")).isEqualTo(1);
    assertThat(operator.sees())
        .contains("looking for it again", "notification_missing: 1", "user 2 sequence 3");

    assertThat(operator.types("reconcile", "--grace", "soon")).isEqualTo(2);
    assertThat(operator.with("DB_PORT", "1").types("reconcile")).isEqualTo(2);
    assertThat(operator.sees()).contains("the books cannot be read", "127.0.0.1:1/");
  }

  @Test
  void explainsItself() {
    assertThat(operator.types("--help")).isZero();
    assertThat(operator.sees()).contains("reconcile [--grace", "parked replay", "Exit codes");
    assertThat(operator.types("recncile")).isEqualTo(2);
    assertThat(operator.sees()).contains("unknown command");
  }

  @Test
  void measuresWhatTheJobFinds() {
    try (var worker = Worker.start(database, OFTEN)) {
      await().atMost(SOON).until(() -> worker.gauge("audit.reconcile.readable") == 0);
      assertThat(worker.gauge("audit.reconcile.last.run")).isNaN();
      assertThat(worker.gauge("audit.reconcile.differences", "kind", "audit_missing")).isNaN();

      var books = new Books(database).write(3, 4);
      await().atMost(SOON).until(() -> worker.gauge("audit.reconcile.readable") == 1);
      await()
          .atMost(SOON)
          .until(() -> worker.gauge("audit.reconcile.differences", "kind", "audit_missing") == 0);
      books.tamper("UPDATE banking.account SET balance = balance + 1 WHERE user_id < 3");
      await()
          .atMost(SOON)
          .until(() -> worker.gauge("audit.reconcile.differences", "kind", "account_not_sum") == 2);
      assertThat(worker.gauge("audit.reconcile.last.run")).isGreaterThan(1.7e9);
    }
  }

  @Test
  void doesNothingByItselfWhenTheIntervalIsZero() {
    try (var worker = Worker.start(database, "--audit.reconcile.interval=0")) {
      assertThat(worker.runs("reconcileJob")).isFalse();
    }
  }
}
