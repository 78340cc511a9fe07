package dev.banking.localstack.run;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The three applications with the configuration that a run gives them. */
final class Applications {

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
    var health = URI.create("http://127.0.0.1:" + ports.of(Port.API) + "/api/health");
    return application("api", "api-service", "-Xmx320m", Port.API, Port.API_MANAGEMENT, health);
  }

  List<Application> workers() {
    return List.of(
        application(
            "notification",
            "notification-worker",
            "-Xmx256m",
            Port.NOTIFICATION,
            Port.NOTIFICATION_MANAGEMENT),
        application("audit", "audit-worker", "-Xmx256m", Port.AUDIT, Port.AUDIT_MANAGEMENT));
  }

  private Application application(
      String name, String module, String heap, Port port, Port management, URI... more) {
    var addresses = new ArrayList<>(List.of(more));
    addresses.addFirst(
        URI.create("http://127.0.0.1:" + ports.of(management) + "/actuator/health/readiness"));
    return new Application(
        name, project.jar(module), options(name, heap), configuration(port, management), addresses);
  }

  private Map<String, String> configuration(Port port, Port management) {
    var configuration = new HashMap<>(backends);
    configuration.put("PORT", Integer.toString(ports.of(port)));
    configuration.put("MANAGEMENT_SERVER_PORT", Integer.toString(ports.of(management)));
    for (var name : List.of("SERVER_ADDRESS", "MANAGEMENT_SERVER_ADDRESS")) {
      configuration.put(name, environment.getOrDefault(name, "127.0.0.1"));
    }
    configuration.put("AUTH_MODE", environment.getOrDefault("AUTH_MODE", "none"));
    return configuration;
  }

  /** For example {@code API_JAVA_OPTS="-Xmx1g -XX:+UseSerialGC"}. */
  private List<String> options(String name, String heap) {
    var chosen = environment.getOrDefault(name.toUpperCase(Locale.ROOT) + "_JAVA_OPTS", "");
    return chosen.isBlank() ? List.of(heap) : List.of(chosen.strip().split("\\s+"));
  }
}
