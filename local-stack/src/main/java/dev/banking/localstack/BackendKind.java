package dev.banking.localstack;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the backends of tests are. */
enum BackendKind {
  NATIVE,
  CONTAINERS;

  /** The variable of the environment that chooses. */
  static final String VARIABLE = "BACKENDS";

  private static final Logger LOG = LoggerFactory.getLogger(BackendKind.class);

  /**
   * Decides.
   *
   * @param chosen the variable's value; empty leaves it to us
   * @param prepare makes sure of the programs, or throws
   * @param docker whether a Docker engine answers; asked only when it matters
   * @throws BackendException when there is no such kind, or it cannot be had here
   */
  static BackendKind of(String chosen, Runnable prepare, BooleanSupplier docker) {
    return switch (chosen) {
      case "native" -> {
        prepare.run();
        yield NATIVE;
      }
      case "containers" -> {
        if (!docker.getAsBoolean()) {
          throw new BackendException(
              VARIABLE
                  + "=containers, but no Docker engine answers: start it, or set DOCKER_HOST.");
        }
        yield CONTAINERS;
      }
      case "" -> nativeOrElseContainers(prepare, docker);
      default ->
          throw new BackendException(
              "%s=%s: there are native and containers; unset, the tests take what there is."
                  .formatted(VARIABLE, chosen));
    };
  }

  private static BackendKind nativeOrElseContainers(Runnable prepare, BooleanSupplier docker) {
    try {
      prepare.run();
      return NATIVE;
    } catch (BackendException e) {
      if (docker.getAsBoolean()) {
        LOG.warn("The backends of these tests are containers. {}", e.getMessage());
        return CONTAINERS;
      }
      throw new BackendException(
          e.getMessage() + "\nThe tests could use containers, but no Docker engine answers.", e);
    }
  }
}
