package dev.banking.localstack.run;

import dev.banking.localstack.BackendException;
import dev.banking.localstack.Ports;
import dev.banking.localstack.balancer.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many instances of the API there are, and where each listens. One listens on the API's own
 * ports; of several, a balancer has the API's port, and they have others.
 *
 * @param instances at least one
 */
record Scale(List<Instance> instances) {

  /** Each holds up to 12 connections of PostgreSQL, which takes a hundred. */
  private static final int MOST = 6;

  private static final int USUAL_PORT = 3101;
  private static final int USUAL_MANAGEMENT_PORT = 9101;

  Scale {
    instances = List.copyOf(instances);
  }

  /**
   * As {@code SCALE} says.
   *
   * @throws BackendException when that is no number of instances, or a port of theirs is another's
   */
  static Scale of(Map<String, String> environment, PortNumbers ports) {
    var number = number(environment.getOrDefault("SCALE", ""));
    if (number == 1) {
      var port = ports.of(Port.API);
      return new Scale(List.of(new Instance(1, port, ports.of(Port.API_MANAGEMENT))));
    }
    var first = port(environment, "INSTANCE_PORT", USUAL_PORT, number);
    var management = port(environment, "INSTANCE_MANAGEMENT_PORT", USUAL_MANAGEMENT_PORT, number);
    var instances = new ArrayList<Instance>();
    for (var i = 0; i < number; i++) {
      instances.add(
          new Instance(
              i + 1,
              different(first + i, "INSTANCE_PORT", ports),
              // Who looks for the API's health finds the first one's.
              i == 0
                  ? ports.of(Port.API_MANAGEMENT)
                  : different(management + i, "INSTANCE_MANAGEMENT_PORT", ports)));
    }
    if (Math.abs(first - management) < number) {
      throw new BackendException("INSTANCE_PORT and INSTANCE_MANAGEMENT_PORT are too close.");
    }
    return new Scale(instances);
  }

  /** Whether there is a balancer. */
  boolean isBalanced() {
    return instances.size() > 1;
  }

  /** Refuses ports of instances that somebody else listens on. */
  void requireFree() {
    if (isBalanced()) {
      for (var instance : instances) {
        Ports.requireFree("instance " + instance.number(), instance.port(), "set INSTANCE_PORT=…");
        if (instance.number() > 1) {
          Ports.requireFree(
              "the health of instance " + instance.number(),
              instance.managementPort(),
              "set INSTANCE_MANAGEMENT_PORT=…");
        }
      }
    }
  }

  private static int number(String text) {
    if (text.isBlank()) {
      return 1;
    }
    if (!text.matches("[1-" + MOST + "]")) {
      throw new BackendException(
          "SCALE=" + text + " is no number of instances: it must be 1 to " + MOST);
    }
    return Integer.parseInt(text);
  }

  private static int port(Map<String, String> environment, String name, int usual, int number) {
    var text = environment.getOrDefault(name, "");
    if (text.isBlank()) {
      return usual;
    }
    if (text.matches("[0-9]{1,5}")) {
      var port = Integer.parseInt(text);
      if (port > 0 && port + number <= Port.HIGHEST + 1) {
        return port;
      }
    }
    throw new BackendException(name + "=" + text + " is no first port of " + number);
  }

  private static int different(int port, String name, PortNumbers ports) {
    if (!ports.all(other -> other != port)) {
      throw new BackendException(
          "Port %d of an instance is another's port, too: set %s=…".formatted(port, name));
    }
    Ports.reserve(port);
    return port;
  }
}
