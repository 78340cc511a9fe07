package dev.banking.audit.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was found: all of it counted, some of it named, in the order in which it was met. */
final class Findings {

  /** Named for each kind. */
  static final int NAMED = 20;

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<Finding> named = new ArrayList<>();

  /**
   * One thing that is wrong.
   *
   * @param place for people: {@code position 5}, {@code checkpoint 3}, {@code user 1 sequence 7}
   * @param detail more about it, or nothing
   */
  record Finding(Kind kind, String place, String detail) {

    @Override
    public String toString() {
      return "%s: %s%s".formatted(kind.word(), place, detail.isEmpty() ? "" : " (" + detail + ")");
    }
  }

  void add(Kind kind, String place, String detail) {
    if (counts.merge(kind, 1L, Long::sum) <= NAMED) {
      named.add(new Finding(kind, place, detail));
    }
  }

  long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** As far as they are named. */
  List<Finding> named() {
    return List.copyOf(named);
  }

  /** The numbers alone, for a log. */
  String counts() {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey().word() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
