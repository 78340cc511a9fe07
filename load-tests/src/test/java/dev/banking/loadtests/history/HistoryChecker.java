package dev.banking.loadtests.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Checks a whole history, each user alone. */
public final class HistoryChecker {

  private final Duration staleness;

  /**
   * A checker.
   *
   * @param staleness how old a read may be: zero, or the cache's time to live if it failed
   */
  public HistoryChecker(Duration staleness) {
    this.staleness = staleness;
  }

  /** Everything that cannot be true, in the order of users. */
  public List<Violation> check(List<Operation> operations, List<LedgerRow> rows) {
    Map<Long, List<Operation>> operationsOf = new HashMap<>();
    operations.forEach(operation ->
        operationsOf.computeIfAbsent(operation.userId(), _ -> new ArrayList<>()).add(operation));
    Map<Long, List<LedgerRow>> rowsOf = new HashMap<>();
    rows.forEach(row -> rowsOf.computeIfAbsent(row.userId(), _ -> new ArrayList<>()).add(row));
    var users = new TreeSet<>(operationsOf.keySet());
    users.addAll(rowsOf.keySet());
    var violations = new ArrayList<Violation>();
    for (var user : users) {
      var check =
          new UserCheck(
              user,
              operationsOf.getOrDefault(user, List.of()),
              rowsOf.getOrDefault(user, List.of()),
              staleness.toNanos());
      violations.addAll(check.violations());
    }
    return violations;
  }
}
