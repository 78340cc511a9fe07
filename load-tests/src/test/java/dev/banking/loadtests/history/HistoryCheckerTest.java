package dev.banking.loadtests.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.loadtests.history.Answer.Applied;
import dev.banking.loadtests.history.Answer.Missing;
import dev.banking.loadtests.history.Answer.NotApplied;
import dev.banking.loadtests.history.Answer.Refused;
import dev.banking.loadtests.history.Answer.Shown;
import dev.banking.loadtests.history.Answer.Unknown;
import dev.banking.loadtests.history.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every violation is planted into a history that is sound without it. */
class HistoryCheckerTest {

  private static final long USER = 7;

  private final List<Operation> operations = new ArrayList<>();
  private final List<LedgerRow> rows = new ArrayList<>();

  /** Opened with 100, then +50 in [100, 200], then -30 in [300, 400]. */
  HistoryCheckerTest() {
    change("open", 100, 0, 10, new Applied(1, 100));
    change("plus", 50, 100, 200, new Applied(2, 150));
    change("minus", -30, 300, 400, new Applied(3, 120));
    row(1, 100, 100, "open");
    row(2, 50, 150, "plus");
    row(3, -30, 120, "minus");
  }

  @Test
  void theHistoryItselfIsSound() {
    read("old", 150, 350, 1, 100);
    read("new", 150, 350, 2, 150);
    read("newest", 350, 360, 3, 120);
    change("too-much", -130, 350, 500, new Refused(Refused.INSUFFICIENT_FUNDS));

    assertThat(check()).isEmpty();
  }

  @Test
  void findsALostUpdate() {
    // Both were computed from 100: the deposit is gone.
    rows.set(2, new LedgerRow(USER, 3, -30, 70, "minus"));
    operations.set(2, Operation.change("minus", USER, -30, 300, 400, new Applied(3, 70)));

    assertFound(Kind.LOST_UPDATE, 3, "plus", "minus");
  }

  @Test
  void findsAnAcknowledgedChangeThatIsNotThere() {
    rows.remove(2);

    assertFound(Kind.LOST_ACKNOWLEDGEMENT, 3, "minus");
  }

  @Test
  void findsASequenceThatWasGivenToTwo() {
    change("other", 5, 300, 400, new Applied(3, 155));

    assertFound(Kind.LOST_ACKNOWLEDGEMENT, 3, "other", "minus");
  }

  @Test
  void findsAnAnswerWithAnotherBalanceThanTheLedgers() {
    operations.set(2, Operation.change("minus", USER, -30, 300, 400, new Applied(3, 121)));

    assertFound(Kind.LOST_ACKNOWLEDGEMENT, 3, "minus");
  }

  @Test
  void findsAStaleRead() {
    read("stale", 201, 300, 1, 100);

    assertFound(Kind.STALE_READ, 1, "stale", "plus");
  }

  @Test
  void aFailedCacheExcusesAReadUntilItsTimeToLiveIsOver() {
    read("old", 250, 300, 1, 100);
    read("too-old", 251, 300, 1, 100);

    assertThat(new HistoryChecker(Duration.ofNanos(51)).check(operations, rows)).isEmpty();
    assertThat(new HistoryChecker(Duration.ofNanos(50)).check(operations, rows))
        .singleElement()
        .satisfies(violation -> assertNamed(violation, Kind.STALE_READ, 1, "too-old", "plus"));
  }

  @Test
  void findsAReadOfWhatWasNeverTrue() {
    read("wrong", 250, 280, 2, 151);

    assertFound(Kind.PHANTOM_READ, 2, "wrong", "plus");
  }

  @Test
  void findsAReadOfASequenceThatIsNotThere() {
    read("dirty", 450, 480, 4, 200);

    assertFound(Kind.PHANTOM_READ, 4, "dirty");
  }

  @Test
  void findsAReadOfTheFuture() {
    read("early", 250, 280, 3, 120);

    assertFound(Kind.PHANTOM_READ, 3, "early", "minus");
  }

  @Test
  void findsADoubledCommand() {
    keyed("once", 5, 500, 600, new Missing("cut"));
    keyed("again", 5, 700, 800, new Applied(5, 130));
    row(4, 5, 125, "once");
    row(5, 5, 130, "again");

    assertFound(Kind.DOUBLED_COMMAND, 5, "once", "again");
  }

  @Test
  void findsACommandWithoutAKeyThatRanTwice() {
    row(4, -30, 90, "minus");

    assertFound(Kind.DOUBLED_COMMAND, 4, "minus", "minus");
  }

  @Test
  void findsAnUnjustifiedRefusal() {
    // 150 until 300 at the earliest, 120 from then on: never below 110.
    change("refused", -110, 250, 500, new Refused(Refused.INSUFFICIENT_FUNDS));

    assertFound(Kind.UNJUSTIFIED_REFUSAL, 2, "refused", "plus");
  }

  @Test
  void findsARefusalThatWasJustifiedOnlyBeforeItBegan() {
    change("late", -110, 201, 299, new Refused(Refused.INSUFFICIENT_FUNDS));

    assertFound(Kind.UNJUSTIFIED_REFUSAL, 2, "late", "plus");
  }

  @Test
  void aRefusalIsJustifiedByAStateThatOverlapsIt() {
    change("early", -110, 199, 299, new Refused(Refused.INSUFFICIENT_FUNDS));
    change("late", -130, 250, 301, new Refused(Refused.INSUFFICIENT_FUNDS));

    assertThat(check()).isEmpty();
  }

  @Test
  void findsAGap() {
    rows.remove(1);
    operations.remove(1);

    assertFound(Kind.GAP, 3, "open", "minus");
  }

  @Test
  void findsASequenceThatIsThereTwice() {
    change("second", 5, 300, 400, new Missing("cut"));
    row(3, 5, 125, "second");

    assertFound(Kind.GAP, 3, "minus", "second");
  }

  @Test
  void findsANotAppliedThatWasALie() {
    change("denied", 5, 500, 600, new NotApplied("overloaded"));
    row(4, 5, 125, "denied");

    assertFound(Kind.LIED_NOT_APPLIED, 4, "denied", "denied");
  }

  @Test
  void findsARefusalThatWasALie() {
    change("refused", -130, 500, 600, new Refused(Refused.INSUFFICIENT_FUNDS));
    row(4, -130, -10, "refused");

    assertThat(check())
        .extracting(Violation::kind)
        .containsExactly(Kind.LOST_UPDATE, Kind.LIED_NOT_APPLIED);
  }

  @Test
  void findsWhatWasReordered() {
    change("first", 1, 500, 600, new Applied(5, 126));
    change("second", 5, 601, 700, new Applied(4, 125));
    row(4, 5, 125, "second");
    row(5, 1, 126, "first");

    assertFound(Kind.REORDERED, 4, "second", "first");
  }

  @Test
  void findsADifferingReplay() {
    keyed("once", 5, 500, 600, new Applied(4, 125));
    keyed("again", 5, 700, 800, new Applied(4, 126));
    row(4, 5, 125, "once");

    assertFound(Kind.DIFFERING_REPLAY, 4, "once", "again");
  }

  @Test
  void findsAKeyThatWasRefusedAndThenApplied() {
    keyed("once", -125, 500, 600, new Refused(Refused.INSUFFICIENT_FUNDS));
    change("plus-again", 5, 650, 660, new Applied(4, 125));
    keyed("again", -125, 700, 800, new Applied(5, 0));
    row(4, 5, 125, "plus-again");
    row(5, -125, 0, "again");

    assertThat(check())
        .extracting(Violation::kind)
        .containsExactly(Kind.LIED_NOT_APPLIED, Kind.DIFFERING_REPLAY);
  }

  @Test
  void findsARowThatNobodyAskedFor() {
    row(4, 5, 125, "nobody");

    assertFound(Kind.UNASKED, 4);
  }

  @Test
  void findsAnotherAmountThanTheOneThatWasAsked() {
    change("five", 5, 500, 600, new Applied(4, 126));
    row(4, 6, 126, "five");

    assertFound(Kind.UNASKED, 4, "five");
  }

  @Test
  void whatWasLeftOpenMayBeThereOrNot() {
    change("there", 5, 500, 600, new Unknown());
    change("there-too", 5, 500, 600, new Missing("cut"));
    change("not-there", 5, 500, 600, new Unknown());
    row(4, 5, 125, "there");
    row(5, 5, 130, "there-too");

    assertThat(check()).isEmpty();
  }

  @Test
  void aViolationReadsAsASentence() {
    read("stale", 201, 300, 1, 100);

    assertThat(check().getFirst().toString())
        .startsWith("STALE_READ: user 7, sequence 1: although 2 was acknowledged before")
        .contains("requestId=stale", "requestId=plus");
  }

  private void change(String id, long cents, long start, long end, Answer answer) {
    operations.add(Operation.change(id, USER, cents, start, end, answer));
  }

  private void keyed(String id, long cents, long start, long end, Answer answer) {
    operations.add(Operation.keyed(id, USER, cents, "key", start, end, answer));
  }

  private void read(String id, long start, long end, long sequence, long cents) {
    operations.add(Operation.read(id, USER, start, end, new Shown(sequence, cents)));
  }

  private void row(long sequence, long cents, long balance, String requestId) {
    rows.add(new LedgerRow(USER, sequence, cents, balance, requestId));
  }

  private List<Violation> check() {
    return new HistoryChecker(Duration.ZERO).check(operations, rows);
  }

  private void assertFound(Kind kind, long sequence, String... requestIds) {
    assertThat(check())
        .singleElement()
        .satisfies(violation -> assertNamed(violation, kind, sequence, requestIds));
  }

  private static void assertNamed(
      Violation violation, Kind kind, long sequence, String... requestIds) {
    assertThat(violation.kind()).isEqualTo(kind);
    assertThat(violation.userId()).isEqualTo(USER);
    assertThat(violation.sequence()).isEqualTo(sequence);
    assertThat(violation.operations()).extracting(Operation::requestId).containsExactly(requestIds);
  }
}
