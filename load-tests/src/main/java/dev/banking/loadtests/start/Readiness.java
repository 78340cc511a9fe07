package dev.banking.loadtests.start;

import dev.banking.loadtests.LoadTestException;
import dev.banking.loadtests.system.ApiProcess;
import dev.banking.loadtests.system.LocalSystem;
import dev.banking.loadtests.system.Running;
import java.net.URI;
import java.time.Duration;

/** When the API of a starting system is ready. */
final class Readiness {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private Readiness() {}

  /** Seconds from the start of the API's process, not of the backends before it. */
  static double secondsOf(LocalSystem system) throws InterruptedException {
    var management = system.ports().get("MANAGEMENT_SERVER_PORT");
    var address = URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness");
    var deadline = System.nanoTime() + LIMIT.toNanos();
    while (!ApiProcess.answersWell(address)) {
      if (System.nanoTime() - deadline > 0 || !system.process().isAlive()) {
        throw new LoadTestException("the API did not become ready:\n" + system.said());
      }
      Thread.sleep(LOOK_AGAIN);
    }
    return Running.application(system, "api-service").ageSeconds();
  }
}
