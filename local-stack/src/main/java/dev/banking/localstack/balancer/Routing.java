package dev.banking.localstack.balancer;

import dev.banking.localstack.BackendException;
import java.util.Map;

/** How the balancer chooses the instance for a request. */
public enum Routing {
  /** By the user: one lane decides all of the user's changes. */
  BY_USER("hash"),

  /**
   * The next instance for each request: to measure what the other way saves. Exact all the same.
   */
  IN_TURN("roundrobin");

  /** What the balancer's configuration reads, and {@code make run}. */
  static final String VARIABLE = "BALANCER_ALGORITHM";

  private final String word;

  Routing(String word) {
    this.word = word;
  }

  /**
   * As {@code BALANCER_ALGORITHM} says; by the user when it says nothing.
   *
   * @throws BackendException when it says anything else
   */
  public static Routing of(Map<String, String> environment) {
    var text = environment.getOrDefault(VARIABLE, "");
    if (text.isBlank()) {
      return BY_USER;
    }
    for (var routing : values()) {
      if (routing.word.equals(text)) {
        return routing;
      }
    }
    throw new BackendException(
        VARIABLE + "=" + text + " is no way to choose an instance: it must be hash or roundrobin");
  }

  /** The value of the variable. */
  String word() {
    return word;
  }
}
