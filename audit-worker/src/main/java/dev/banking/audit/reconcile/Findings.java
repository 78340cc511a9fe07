package dev.banking.audit.reconcile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What was found: all of it counted, some of it named. */
final class Findings {

  /** Named for each kind; of what may be on its way, what is looked for again. */
  static final int NAMED = 20;

  static final int LOOKED_FOR_AGAIN = 20_000;

  private final Totals totals;
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final Map<Kind, List<Difference>> named = new EnumMap<>(Kind.class);

  /**
   * Nothing yet.
   *
   * @param totals what was looked at
   */
  Findings(Totals totals) {
    this.totals = totals;
  }

  /** How much was looked at, in whose snapshot. */
  record Totals(
      String at, long accounts, long entries, long waiting, long recorded, long notifications) {}

  void add(Difference difference) {
    var kind = difference.kind();
    counts.merge(kind, 1L, Long::sum);
    var list = named.computeIfAbsent(kind, _ -> new ArrayList<>());
    if (list.size() < (kind.mayBeOnItsWay() ? LOOKED_FOR_AGAIN : NAMED)) {
      list.add(difference);
    }
  }

  long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** The numbers alone, for a log. */
  String counts() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> entry.getKey().word() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  boolean isEmpty() {
    return counts.values().stream().allMatch(count -> count == 0);
  }

  /** What a message on its way may explain, as far as it is remembered. */
  List<Difference> perhapsOnTheirWay() {
    return named.entrySet().stream()
        .filter(entry -> entry.getKey().mayBeOnItsWay())
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  /** Takes back what has arrived. What was not remembered stays counted. */
  void remove(Predicate<Difference> arrived) {
    for (var entry : named.entrySet()) {
      var before = entry.getValue().size();
      entry.getValue().removeIf(arrived);
      var gone = before - entry.getValue().size();
      counts.merge(entry.getKey(), (long) -gone, Long::sum);
    }
  }

  /** For people: totals, then the kinds with some of each, then the verdict. */
  @Override
  public String toString() {
    var text =
        new StringBuilder(
            """
            Snapshot of %s
              accounts %d, ledger entries %d, waiting in the outbox %d
              events in the audit book %d, notifications %d
            """
                .formatted(
                    totals.at(),
                    totals.accounts(),
                    totals.entries(),
                    totals.waiting(),
                    totals.recorded(),
                    totals.notifications()));
    var all = 0L;
    for (var kind : Kind.values()) {
      if (count(kind) > 0) {
        all += count(kind);
        append(text, kind);
      }
    }
    return text.append(
            all == 0
                ? "The books agree.\n"
                : "THE BOOKS DO NOT AGREE: %d differences.\n".formatted(all))
        .toString();
  }

  private void append(StringBuilder text, Kind kind) {
    text.append("%s: %d (%s)\n".formatted(kind.word(), count(kind), kind.meaning()));
    var list = named.getOrDefault(kind, List.of());
    list.stream()
        .limit(NAMED)
        .forEach(difference -> text.append("  ").append(difference).append('\n'));
    if (count(kind) > NAMED) {
      text.append("  … and %d more\n".formatted(count(kind) - NAMED));
    }
  }
}
