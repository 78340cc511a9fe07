package dev.banking.localstack.run;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The three applications with the configuration that a run gives them. */
final class Applications {

  /** A small heap needs no parallel collector, whose threads the other processes would miss. */
  private static final List<String> API_OPTIONS = List.of("-Xmx320m", "-XX:+UseSerialGC");

  /**
   * The workers wait for the database most of the time. Without the optimizing compiler they are
   * warm at once, and leave the processors to the API while that warms up.
   */
  private static final List<String> WORKER_OPTIONS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** A request is more urgent than the events that it makes. */
  private static final int WORKER_NICENESS = 10;

  private final Project project;
  private final Map<String, String> environment;
  private final PortNumbers ports;
  private final Map<String, String> backends;

  /**
   * Starts nothing.
   *
   * @param environment ours: what the person set wins, except for addresses
   * @param backends the addresses
   */
  Applications(
      Project project,
      Map<String, String> environment,
      PortNumbers ports,
      Map<String, String> backends) {
    this.project = project;
    this.environment = environment;
    this.ports = ports;
    this.backends = backends;
  }

  Application api() {
    return new Application(
        "api",
        0,
        project.jar("api-service"),
        options("API_JAVA_OPTS", API_OPTIONS),
        configuration(Port.API, Port.API_MANAGEMENT),
        List.of(
            readiness(Port.API_MANAGEMENT),
            URI.create("http://127.0.0.1:" + ports.of(Port.API) + "/api/health")));
  }

  List<Application> workers() {
    return List.of(
        worker("notification", Port.NOTIFICATION, Port.NOTIFICATION_MANAGEMENT),
        worker("audit", Port.AUDIT, Port.AUDIT_MANAGEMENT));
  }

  private Application worker(String name, Port port, Port management) {
    return new Application(
        name,
        WORKER_NICENESS,
        project.jar(name + "-worker"),
        options(name.toUpperCase(Locale.ROOT) + "_JAVA_OPTS", WORKER_OPTIONS),
        configuration(port, management),
        List.of(readiness(management)));
  }

  private URI readiness(Port management) {
    return URI.create("http://127.0.0.1:" + ports.of(management) + "/actuator/health/readiness");
  }

  private Map<String, String> configuration(Port port, Port management) {
    var configuration = new HashMap<>(backends);
    configuration.put("PORT", Integer.toString(ports.of(port)));
    configuration.put("MANAGEMENT_SERVER_PORT", Integer.toString(ports.of(management)));
    for (var name : List.of("SERVER_ADDRESS", "MANAGEMENT_SERVER_ADDRESS")) {
      configuration.put(name, environment.getOrDefault(name, "127.0.0.1"));
    }
    configuration.put("AUTH_MODE", environment.getOrDefault("AUTH_MODE", "none"));
    // Beside the database, not in it: the commands look for the key here, too.
    var audit = project.local().resolve("audit");
    configuration.put(
        "AUDIT_SIGNING_KEY_FILE",
        environment.getOrDefault(
            "AUDIT_SIGNING_KEY_FILE", audit.resolve("signing-key.pem").toString()));
    configuration.put(
        "AUDIT_CHECKPOINT_FILE",
        environment.getOrDefault(
            "AUDIT_CHECKPOINT_FILE", audit.resolve("checkpoints.ndjson").toString()));
    return configuration;
  }

  /** For example {@code API_JAVA_OPTS="-Xmx1g -XX:+UseG1GC"}. */
  private List<String> options(String variable, List<String> ours) {
    var chosen = environment.getOrDefault(variable, "");
    return chosen.isBlank() ? ours : List.of(chosen.strip().split("\\s+"));
  }
}
