package dev.banking.loadtests.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.banking.loadtests.history.Answer.NotApplied;
import dev.banking.loadtests.history.Answer.Shown;
import dev.banking.loadtests.history.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Neither blames the innocent nor overlooks the guilty in a crowd. A seed is in the test's name.
 */
class RandomHistoriesTest {

  private static final HistoryChecker CHECKER = new HistoryChecker(Duration.ZERO);
  private static final int COMMANDS = 400;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void soundHistoriesPass(long seed) {
    var history = new SoundHistory(new SplittableRandom(seed), 1, COMMANDS);

    assertThat(CHECKER.check(history.operations(), history.rows())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsARowThatVanished(long seed) {
    var history = new SoundHistory(new SplittableRandom(seed), 1, COMMANDS);
    var rows = new ArrayList<>(history.rows());
    // Not the last one: nobody may have been told of it.
    rows.remove((int) (seed % (rows.size() - 1)));

    assertThat(CHECKER.check(history.operations(), rows)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsOneAppliedChangeThatWasDenied(long seed) {
    var history = new SoundHistory(new SplittableRandom(seed), 1, COMMANDS);
    var operations =
        replaceOne(
            history.operations(),
            operation ->
                operation.key() == null && operation.isApplied() ? denied(operation) : operation);

    assertThat(CHECKER.check(operations, history.rows()))
        .extracting(Violation::kind)
        .containsExactly(Kind.LIED_NOT_APPLIED);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void findsOneReadOfTheDistantPast(long seed) {
    var history = new SoundHistory(new SplittableRandom(seed), 1, COMMANDS);
    var first = history.rows().getFirst();
    var end = history.operations().stream().mapToLong(Operation::endNanos).max().orElseThrow();
    var operations = new ArrayList<>(history.operations());
    var shown = new Shown(first.sequence(), first.balanceCents());
    operations.add(Operation.read("late", 1, end + 1, end + 2, shown));

    assertThat(CHECKER.check(operations, history.rows()))
        .extracting(Violation::kind)
        .containsExactly(Kind.STALE_READ);
  }

  @Test
  void aHundredThousandOperationsTakeSeconds() {
    var history = new SoundHistory(new SplittableRandom(1), 1, 100_000);

    assertTimeout(
        Duration.ofSeconds(10),
        () -> assertThat(CHECKER.check(history.operations(), history.rows())).isEmpty());
  }

  private static Operation denied(Operation operation) {
    return Operation.change(
        operation.requestId(),
        operation.userId(),
        operation.cents(),
        operation.startNanos(),
        operation.endNanos(),
        new NotApplied("overloaded"));
  }

  private static List<Operation> replaceOne(
      List<Operation> operations, UnaryOperator<Operation> replacement) {
    var replaced = new ArrayList<>(operations);
    for (var i = 0; i < replaced.size(); i++) {
      var other = replacement.apply(replaced.get(i));
      if (!other.equals(replaced.get(i))) {
        replaced.set(i, other);
        return replaced;
      }
    }
    throw new AssertionError("nothing to replace");
  }
}
