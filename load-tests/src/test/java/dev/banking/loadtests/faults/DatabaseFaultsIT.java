package dev.banking.loadtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.history.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** PostgreSQL dies, or throws its clients out. */
@WithBank
class DatabaseFaultsIT {

  private static final Duration BEFORE = Duration.ofSeconds(4);
  private static final Duration AWAY = Duration.ofSeconds(4);
  private static final Duration AFTER = Duration.ofSeconds(6);
  private static final Duration RECOVERY = Duration.ofSeconds(10);

  @Test
  void killedAndRestarted(Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "PostgreSQL: killed, 4 s away", BEFORE);
    run.broken();
    bank.backends().postgres().kill();
    run.goOn(AWAY);
    bank.backends().postgres().start();
    run.restored();
    run.goOn(AFTER);

    run.finish().assertNothingLostNothingTwice().assertRecoversWithin(RECOVERY);
  }

  @Test
  void stormsOfTerminatedConnections(Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "PostgreSQL: storms of terminated connections", BEFORE);
    run.broken();
    for (var storm = 0; storm < 30; storm++) {
      try (var connection = bank.superuser();
          var statement = connection.createStatement()) {
        statement.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE usename = 'banking' AND random() < 0.7
            """);
      }
      run.goOn(Duration.ofMillis(200));
    }
    run.restored();
    run.goOn(AFTER);

    run.finish().assertNothingLostNothingTwice().assertRecoversWithin(RECOVERY);
  }

  /** As a full disk does: the server is there, and takes nothing more. */
  @Test
  void refusesToWrite(Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "PostgreSQL: disk full for 5 s", BEFORE);
    run.broken();
    try (var _ = new Gate(bank, "INSERT", "banking.ledger_entry", "53100")) {
      run.goOn(Duration.ofSeconds(5));
    }
    run.restored();
    run.goOn(AFTER);

    var outcome = run.finish().assertNothingLostNothingTwice().assertRecoversWithin(RECOVERY);
    assertThat(outcome.answered(Answer.NotApplied.class)).as("not_applied").isPositive();
  }
}
