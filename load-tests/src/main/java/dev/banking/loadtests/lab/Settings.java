package dev.banking.loadtests.lab;

import dev.banking.loadtests.LoadTestException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to run and for how long.
 *
 * @param parts what is measured
 * @param rounds of everything that alternates
 * @param measured how long one measurement takes
 * @param warmUp how long each program is warmed up
 * @param soak how long {@code make soak} takes
 * @param isFull whether the figures are those of a complete run
 */
public record Settings(
    Set<Part> parts,
    int rounds,
    Duration measured,
    Duration warmUp,
    Duration soak,
    boolean isFull) {

  private static final Set<Part> QUICK =
      EnumSet.of(Part.CEILING, Part.HOT, Part.PGBENCH, Part.TEXTBOOK);
  private static final int ROUNDS = 5;
  private static final int QUICK_ROUNDS = 2;
  private static final int MOST_ROUNDS = 100;
  private static final int SECONDS = 8;
  private static final int QUICK_SECONDS = 3;
  private static final int WARM_UP_SECONDS = 20;
  private static final int QUICK_WARM_UP_SECONDS = 10;
  private static final int SOAK_MINUTES = 10;
  private static final int HOUR = 3_600;

  /** From words like {@code ROUNDS=5}; an empty value is none. */
  public static Settings of(String... words) {
    var values = new HashMap<String, String>();
    for (var word : words) {
      var equals = word.indexOf('=');
      if (equals <= 0) {
        throw new LoadTestException("not a setting: " + word);
      }
      if (equals < word.length() - 1) {
        values.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    var isQuick = values.containsKey("QUICK");
    var only = values.getOrDefault("ONLY", "");
    var rounds = number(values, "ROUNDS", isQuick ? QUICK_ROUNDS : ROUNDS, MOST_ROUNDS);
    var seconds = number(values, "SECONDS", isQuick ? QUICK_SECONDS : SECONDS, HOUR);
    var minutes = number(values, "MINUTES", SOAK_MINUTES, HOUR);
    return new Settings(
        only.isEmpty() ? (isQuick ? QUICK : EnumSet.allOf(Part.class)) : parts(only),
        rounds,
        Duration.ofSeconds(seconds),
        Duration.ofSeconds(isQuick ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS),
        Duration.ofMinutes(minutes),
        only.isEmpty() && !isQuick && rounds >= ROUNDS);
  }

  public boolean has(Part part) {
    return parts.contains(part);
  }

  private static Set<Part> parts(String only) {
    return Arrays.stream(only.split(",", -1))
        .map(String::strip)
        .map(Settings::part)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
  }

  private static Part part(String name) {
    return Arrays.stream(Part.values())
        .filter(part -> part.word().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new LoadTestException(
                "ONLY=" + name + " is no part; the parts are " + List.of(Part.values())));
  }

  private static int number(HashMap<String, String> values, String name, int usual, int most) {
    var text = values.getOrDefault(name, Integer.toString(usual));
    try {
      var number = Integer.parseInt(text);
      if (number > 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below, as for numbers that are out of bounds.
    }
    throw new LoadTestException(
        String.format(Locale.ROOT, "%s=%s: it must be 1 to %d", name, text, most));
  }
}
