package dev.banking.loadtests.faults;

import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.bank.App;
import dev.banking.loadtests.bank.Bank;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The API dies. */
@WithBank
class ApiFaultsIT {

  private static final Duration BEFORE = Duration.ofSeconds(4);
  private static final Duration AFTER = Duration.ofSeconds(4);

  @AfterEach
  void oneRuns(Bank bank) {
    if (!bank.api().isRunning()) {
      bank.api().start();
    }
    bank.secondApi().stop();
  }

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

  /** Its clients go over to the other one. */
  @Test
  void oneOfTwoIsKilled(Bank bank) throws Exception {
    bank.secondApi().start();
    var run = FaultRun.begin(bank, "API: kill -9 of one of two", BEFORE);
    run.cacheMayFail();
    run.broken();
    bank.api().kill();
    run.restored();
    run.goOn(AFTER);
    bank.api().start();
    run.goOn(AFTER);

    run.finish().assertNothingLostNothingTwice().assertRecoversWithin(Duration.ofSeconds(10));
  }

  /** What it had published and not deleted is published again, and recorded once. */
  @Test
  void theHolderOfTheRelayLeaseIsKilledBetweenConfirmAndDelete(Bank bank) throws Exception {
    bank.secondApi().start();
    var run = FaultRun.begin(bank, "API: kill -9 of the relay before its delete", BEFORE);
    run.cacheMayFail();
    run.broken();
    App killed;
    try (var gate = new Gate(bank, "DELETE", "banking.outbox")) {
      await("the relay wants to delete").until(() -> gate.waitingPort().isPresent());
      killed = bank.proxy().isOurs(gate.waitingPort().getAsInt()) ? bank.api() : bank.secondApi();
      killed.kill();
    }
    run.restored();
    run.goOn(AFTER);
    killed.start();
    run.goOn(AFTER);

    run.finish().assertNothingLostNothingTwice().assertRecoversWithin(Duration.ofSeconds(10));
  }

  /** Clients that keep connections alive and heed "Connection: close" see nothing at all. */
  @Test
  void stoppedGracefullyUnderLoad(Bank bank) throws Exception {
    bank.secondApi().start();
    var run = FaultRun.begin(bank, "API: SIGTERM of one of two, then of the other", BEFORE);
    run.cacheMayFail();
    run.broken();
    bank.api().stop();
    run.goOn(AFTER);
    bank.api().start();
    run.goOn(AFTER);
    bank.secondApi().stop();
    run.restored();
    run.goOn(AFTER);

    run.finish().assertNothingLostNothingTwice().assertNoErrors();
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
