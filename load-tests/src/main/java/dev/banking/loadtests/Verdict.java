package dev.banking.loadtests;

import java.util.ArrayList;
import java.util.List;

/** What was expected, and what was found. */
final class Verdict {

  private final List<Check> checks = new ArrayList<>();

  /** One line of the verdict. */
  private record Check(String name, String expected, String found) {

    boolean isGood() {
      return expected.equals(found);
    }
  }

  /** Adds a check; it is good when both are the same text. */
  Verdict expect(String name, Object expected, Object found) {
    checks.add(new Check(name, expected.toString(), found.toString()));
    return this;
  }

  boolean isGood() {
    return !checks.isEmpty() && checks.stream().allMatch(Check::isGood);
  }

  /** A table for people, and the verdict in its last line. */
  @Override
  public String toString() {
    var row = "  %-54s %12s %12s  %s%n";
    var text = new StringBuilder(row.formatted("", "expected", "found", ""));
    for (var check : checks) {
      var mark = check.isGood() ? "ok" : "WRONG";
      text.append(row.formatted(check.name(), check.expected(), check.found(), mark));
    }
    var wrong = checks.stream().filter(check -> !check.isGood()).count();
    return text.append(
            isGood()
                ? "The books agree: %d of %d checks are good.%n"
                    .formatted(checks.size(), checks.size())
                : "THE BOOKS DO NOT AGREE: %d of %d checks are wrong.%n"
                    .formatted(wrong, checks.size()))
        .toString();
  }
}
