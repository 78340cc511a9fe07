package dev.banking.localstack.run;

import dev.banking.localstack.Backends;
import dev.banking.localstack.Command;
import dev.banking.localstack.Identity;
import dev.banking.localstack.balancer.Instance;
import dev.banking.localstack.token.DevelopmentKeys;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** Whoever sets one of them has an issuer of their own. */
  private static final List<String> KEY_SETTINGS =
      List.of("JWT_PUBLIC_KEY_FILE", "JWT_JWK_SET_URI", "JWT_ISSUER_URI");

  private final Project project;
  private final Map<String, String> environment;
  private final PortNumbers ports;
  private final Scale scale;
  private final Backends backends;

  /**
   * Starts nothing.
   *
   * @param environment ours: what the person set wins, except for addresses
   * @param scale the instances of the API
   * @param backends know the addresses
   */
  Applications(
      Project project,
      Map<String, String> environment,
      PortNumbers ports,
      Scale scale,
      Backends backends) {
    this.project = project;
    this.environment = environment;
    this.ports = ports;
    this.scale = scale;
    this.backends = backends;
  }

  /** Whether each has a cache for a start with our options. */
  static boolean areTrained(Project project) {
    return new StartFiles(project.jar("api-service")).isTrained(API_OPTIONS)
        && Stream.of("notification-worker", "audit-worker")
            .allMatch(worker -> new StartFiles(project.jar(worker)).isTrained(WORKER_OPTIONS));
  }

  /** The instances of the API; they are numbered when there is more than one. */
  List<Application> apis() {
    return scale.instances().stream().map(this::api).toList();
  }

  private Application api(Instance instance) {
    var configuration = configuration(Identity.API, instance.port(), instance.managementPort());
    if (scale.isBalanced()) {
      configuration.put(
          "RATE_LIMIT_TRUSTED_PROXIES",
          environment.getOrDefault("RATE_LIMIT_TRUSTED_PROXIES", "127.0.0.1"));
    }
    return new Application(
        scale.isBalanced() ? "api-" + instance.number() : "api",
        0,
        new StartFiles(project.jar("api-service")),
        options("API_JAVA_OPTS", API_OPTIONS),
        configuration,
        List.of(
            readiness(instance.managementPort()),
            URI.create("http://127.0.0.1:" + instance.port() + "/api/health")));
  }

  /** Of the API, or of the balancer in front of it. */
  URI address() {
    return URI.create("http://127.0.0.1:" + ports.of(Port.API));
  }

  List<Application> all() {
    return Stream.concat(apis().stream(), workers().stream()).toList();
  }

  List<Application> workers() {
    return List.of(
        worker(Identity.NOTIFICATION, Port.NOTIFICATION, Port.NOTIFICATION_MANAGEMENT),
        worker(Identity.AUDIT, Port.AUDIT, Port.AUDIT_MANAGEMENT));
  }

  private Application worker(Identity identity, Port port, Port management) {
    var name = identity.name().toLowerCase(Locale.ROOT);
    return new Application(
        name,
        Command.AFTER_REQUESTS,
        new StartFiles(project.jar(name + "-worker")),
        options(identity.name() + "_JAVA_OPTS", WORKER_OPTIONS),
        configuration(identity, ports.of(port), ports.of(management)),
        List.of(readiness(ports.of(management))));
  }

  private static URI readiness(int management) {
    return URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness");
  }

  private Map<String, String> configuration(Identity identity, int port, int management) {
    var configuration = new HashMap<>(backends.environment(identity));
    configuration.put("PORT", Integer.toString(port));
    configuration.put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
    for (var name : List.of("SERVER_ADDRESS", "MANAGEMENT_SERVER_ADDRESS")) {
      configuration.put(name, environment.getOrDefault(name, "127.0.0.1"));
    }
    configuration.putAll(authentication());
    configuration.putAll(auditFiles());
    return configuration;
  }

  private Map<String, String> authentication() {
    var mode = environment.getOrDefault("AUTH_MODE", "none");
    if (!mode.equals("jwt") || KEY_SETTINGS.stream().anyMatch(environment::containsKey)) {
      return Map.of("AUTH_MODE", mode);
    }
    var keys = new DevelopmentKeys(project.local());
    return Map.of("AUTH_MODE", mode, "JWT_PUBLIC_KEY_FILE", keys.publicKeyFile().toString());
  }

  /** Beside the database, not in it: the commands look for the key here, too. */
  private Map<String, String> auditFiles() {
    var files =
        Map.of(
            "AUDIT_SIGNING_KEY_FILE", "signing-key.pem",
            "AUDIT_CHECKPOINT_FILE", "checkpoints.ndjson");
    var folder = project.local().resolve("audit");
    return files.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                file ->
                    environment.getOrDefault(
                        file.getKey(), folder.resolve(file.getValue()).toString())));
  }

  /** For example {@code API_JAVA_OPTS="-Xmx1g -XX:+UseG1GC"}. */
  private List<String> options(String variable, List<String> ours) {
    var chosen = environment.getOrDefault(variable, "");
    return chosen.isBlank() ? ours : List.of(chosen.strip().split("\\s+"));
  }
}
