package dev.banking.loadtests.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One wish of a client: a change without a key, or all attempts with the same key. */
final class Command {

  private final List<Operation> attempts = new ArrayList<>(1);
  private final List<LedgerRow> rows = new ArrayList<>(1);

  void add(Operation attempt) {
    attempts.add(attempt);
  }

  void add(LedgerRow row) {
    rows.add(row);
  }

  List<Operation> attempts() {
    return attempts;
  }

  /** The ledger rows that name one of the attempts. */
  List<LedgerRow> rows() {
    return rows;
  }

  long cents() {
    return attempts.getFirst().cents();
  }

  long firstStartNanos() {
    return attempts.stream().mapToLong(Operation::startNanos).min().orElseThrow();
  }

  Operation attempt(String requestId) {
    return attempts.stream()
        .filter(attempt -> attempt.requestId().equals(requestId))
        .findFirst()
        .orElseThrow();
  }

  /** The attempt whose answer told first what was decided; null when none did. */
  @Nullable Operation firstDecided() {
    Operation first = null;
    for (var attempt : attempts) {
      if (attempt.isDecided() && (first == null || attempt.endNanos() < first.endNanos())) {
        first = attempt;
      }
    }
    return first;
  }
}
