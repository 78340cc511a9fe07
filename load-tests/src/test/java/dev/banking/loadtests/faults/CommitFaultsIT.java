package dev.banking.loadtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.bank.PostgresProxy.CommitFault;
import dev.banking.loadtests.bank.PostgresProxy.Network;
import dev.banking.loadtests.history.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The network between the API and PostgreSQL fails, also exactly around COMMIT. */
@WithBank
class CommitFaultsIT {

  private static final int PAIRS = 10;
  private static final Duration BETWEEN_PAIRS = Duration.ofMillis(500);
  private static final Duration BEFORE = Duration.ofSeconds(3);
  private static final Duration AFTER = Duration.ofSeconds(4);

  /**
   * The API finds out by itself: nobody is told "unknown", nobody is left without an answer. Pairs,
   * so that sometimes the commit of the inquiry is hit as well.
   */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "REPLY_LOST_FOR_GOOD", "CHANGE_LOST_FOR_GOOD"})
  void aCommitThatIsCutIsSettled(CommitFault fault, Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "COMMIT: " + fault + ", " + PAIRS + " pairs", BEFORE);
    run.broken();
    for (var pair = 0; pair < PAIRS; pair++) {
      bank.proxy().breakCommits(fault, 2);
      await().atMost(Duration.ofSeconds(20)).until(() -> bank.proxy().commitsToBreak() == 0);
      run.goOn(BETWEEN_PAIRS);
    }
    run.restored();
    run.goOn(AFTER);

    var outcome = run.finish().assertNothingLostNothingTwice();
    assertThat(outcome.answered(Answer.Unknown.class)).as("outcome_unknown").isZero();
    assertThat(outcome.answered(Answer.Missing.class)).as("no answer").isZero();
  }

  /** Only while PostgreSQL stays away is the outcome unknown; later, the key tells it. */
  @Test
  void aCommitThatIsCutWhilePostgresStaysAwayIsUnknown(Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "COMMIT: reply lost, then 8 s away", BEFORE);
    run.broken();
    bank.proxy().breakCommits(CommitFault.CHANGE_LOST_FOR_GOOD, 1);
    await().until(() -> bank.proxy().commitsToBreak() == 0);
    run.goOn(Duration.ofSeconds(8));
    bank.proxy().become(Network.GOOD);
    run.restored();
    run.goOn(AFTER);

    var outcome = run.finish().assertNothingLostNothingTwice();
    assertThat(outcome.answered(Answer.Unknown.class)).as("outcome_unknown").isPositive();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GOOD")
  void theNetworkIsBadForAWhile(Network network, Bank bank) throws Exception {
    var run = FaultRun.begin(bank, "network to PostgreSQL: " + network + ", 5 s", BEFORE);
    run.broken();
    bank.proxy().become(network);
    run.goOn(Duration.ofSeconds(5));
    bank.proxy().become(Network.GOOD);
    run.restored();
    run.goOn(Duration.ofSeconds(10));

    run.finish().assertNothingLostNothingTwice().assertRecoversWithin(Duration.ofSeconds(10));
  }
}
