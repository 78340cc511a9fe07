package dev.banking.loadtests.faults;

import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.bank.Bank;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The API dies. */
@WithBank
class ApiFaultsIT {

  private static final Duration BEFORE = Duration.ofSeconds(4);
  private static final Duration AFTER = Duration.ofSeconds(4);

  /** Once while its batch waits for a row that we hold, once wherever it happens to be. */
  @Test
  void killedInTheMiddleOfABatch(Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "API: kill -9 mid-batch, twice", BEFORE);
    run.cacheMayFail();
    run.broken();
    try (var blocker = bank.superuser();
        var statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute(
          "SELECT 1 FROM banking.account WHERE user_id = " + run.hotUser() + " FOR UPDATE");
      await("a batch waits for the row").until(() -> isWaiting(bank));
      bank.api().kill();
      blocker.rollback();
    }
    bank.api().start();
    run.goOn(AFTER);
    bank.api().kill();
    bank.api().launch();
    run.restored();
    bank.api().awaitReady();
    run.goOn(AFTER);

    run.finish().assertNothingLostNothingTwice();
  }

  private static boolean isWaiting(Bank bank) throws SQLException {
    try (var connection = bank.superuser();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT 1 FROM pg_stat_activity
                WHERE application_name = 'api-service' AND wait_event_type = 'Lock'
                """)) {
      return rows.next();
    }
  }
}
