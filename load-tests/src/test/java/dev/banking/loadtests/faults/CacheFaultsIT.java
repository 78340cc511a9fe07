package dev.banking.loadtests.faults;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.history.Operation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Redis is away, slow or forgetful: nobody may notice but by the clock. */
@WithBank
class CacheFaultsIT {

  private static final Duration BEFORE = Duration.ofSeconds(6);
  private static final Duration AWAY = Duration.ofSeconds(6);
  private static final Duration AFTER = Duration.ofSeconds(4);

  @Test
  void killedAndRestartedEmpty(Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "Redis: killed, 6 s away, back empty", BEFORE);
    run.broken();
    bank.backends().redis().kill();
    run.goOn(AWAY);
    bank.backends().redis().start();
    run.restored();
    run.goOn(AFTER);

    assertHardlyNoticed(run);
  }

  @Test
  void paused(Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "Redis: paused for 6 s", BEFORE);
    run.broken();
    bank.redis("CLIENT PAUSE " + AWAY.toMillis() + " ALL");
    run.goOn(AWAY);
    run.restored();
    run.goOn(AFTER);

    assertHardlyNoticed(run);
  }

  @Test
  void emptiedAllTheTime(Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "Redis: emptied ten times a second", BEFORE);
    run.broken();
    for (var time = 0; time < 60; time++) {
      bank.redis("FLUSHALL");
      run.goOn(Duration.ofMillis(100));
    }
    run.restored();
    run.goOn(AFTER);

    assertHardlyNoticed(run);
  }

  private static void assertHardlyNoticed(FaultRun run) throws Exception {
    run.finish()
        .assertNothingLostNothingTwice()
        .assertNoErrors()
        .assertSlowdown(Operation.Kind.CHANGE, 2)
        .assertSlowdown(Operation.Kind.READ, 10);
  }
}
