package dev.banking.loadtests.faults;

import dev.banking.loadtests.history.Answer;
import dev.banking.loadtests.history.LedgerRow;
import dev.banking.loadtests.history.Operation;
import dev.banking.loadtests.history.Violation;
import java.util.List;

/**
 * One line of the table.
 *
 * @param requests sent
 * @param acknowledged changes that a client was told are applied
 * @param unknown changes whose outcome a client was not told: {@code outcome_unknown}, or no answer
 * @param errors answers that are neither a success nor a justified refusal, and missing ones
 * @param duplicates commands with more than one ledger row
 * @param lost acknowledged changes that the ledger does not have
 * @param violations of the history, and differences between the books
 */
record Figures(
    String fault,
    int requests,
    long acknowledged,
    long unknown,
    long errors,
    int ledgerRows,
    long duplicates,
    long lost,
    int violations,
    double secondsToRecover) {

  private static final String ROW = "%-46s %9s %9s %8s %8s %8s %6s %5s %6s %9s%n";

  static Figures of(
      String fault,
      List<Operation> history,
      List<LedgerRow> rows,
      List<Violation> violations,
      int differences,
      double secondsToRecover) {
    return new Figures(
        fault,
        history.size(),
        history.stream().filter(it -> it.answer() instanceof Answer.Applied).count(),
        history.stream().filter(Figures::isUnknown).count(),
        history.stream().filter(it -> isError(it.answer())).count(),
        rows.size(),
        count(violations, Violation.Kind.DOUBLED_COMMAND),
        count(violations, Violation.Kind.LOST_ACKNOWLEDGEMENT),
        violations.size() + differences,
        secondsToRecover);
  }

  /** Whether a client would call it a failure. */
  static boolean isError(Answer answer) {
    return switch (answer) {
      case Answer.Applied _, Answer.Shown _, Answer.Refused _ -> false;
      case Answer.NotApplied _, Answer.Unknown _, Answer.Missing _ -> true;
    };
  }

  private static boolean isUnknown(Operation operation) {
    return operation.kind() == Operation.Kind.CHANGE
        && (operation.answer() instanceof Answer.Unknown
            || operation.answer() instanceof Answer.Missing);
  }

  private static long count(List<Violation> violations, Violation.Kind kind) {
    return violations.stream().filter(violation -> violation.kind() == kind).count();
  }

  static String header() {
    return ROW.formatted(
        "fault",
        "requests",
        "acknowl.",
        "unknown",
        "errors",
        "rows",
        "dupl.",
        "lost",
        "viol.",
        "recov. s");
  }

  @Override
  public String toString() {
    return ROW.formatted(
        fault,
        requests,
        acknowledged,
        unknown,
        errors,
        ledgerRows,
        duplicates,
        lost,
        violations,
        "%.1f".formatted(secondsToRecover));
  }
}
