package dev.banking.localstack.run;

import dev.banking.localstack.BackendException;
import dev.banking.localstack.Ports;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;

/** A number for every port; no number twice. */
final class PortNumbers {

  private final Map<Port, Integer> numbers = new EnumMap<>(Port.class);

  /**
   * The numbers as the environment has them, or the usual ones.
   *
   * @throws BackendException when a variable is no port, or one number is there twice
   */
  PortNumbers(Map<String, String> environment) {
    for (var port : Port.values()) {
      var number = port.number(environment.getOrDefault(port.variable(), ""));
      numbers.forEach((other, taken) -> requireDifferent(port, number, other, taken));
      numbers.put(port, number);
      Ports.reserve(number);
    }
  }

  int of(Port port) {
    return Objects.requireNonNull(numbers.get(port));
  }

  boolean all(IntPredicate condition) {
    return numbers.values().stream().allMatch(condition::test);
  }

  /** Refuses ports that somebody else listens on: who, and what to do. */
  void requireFree() {
    numbers.forEach(Port::requireFree);
  }

  private static void requireDifferent(Port port, int number, Port other, int taken) {
    if (taken == number) {
      throw new BackendException(
          "%s and %s are both %d: choose different ports."
              .formatted(other.variable(), port.variable(), number));
    }
  }
}
