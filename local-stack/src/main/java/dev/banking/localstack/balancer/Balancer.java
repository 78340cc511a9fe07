package dev.banking.localstack.balancer;

import dev.banking.localstack.BackendException;
import dev.banking.localstack.Command;
import dev.banking.localstack.DebianPackage;
import dev.banking.localstack.LocalProcess;
import dev.banking.localstack.LogSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** How HAProxy is started here, with the same configuration as in compose. */
public final class Balancer {

  private static final String CONFIGURATION = "deploy/haproxy/haproxy.cfg";

  /** Relative, because the path of a socket must be short. */
  private static final String SOCKET = ".local/haproxy/admin.sock";

  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final DebianPackage PACKAGE =
      new DebianPackage(
          "HAProxy",
          "haproxy",
          Balancer::find,
          """
          brew install haproxy, or another 2.6 or newer, and its folder in PATH
          one instance of the API, which needs none: make run without SCALE\
          """);

  private final Path project;
  private final int port;
  private final List<Instance> instances;
  private final Routing routing;

  /**
   * Starts nothing.
   *
   * @param project the folder that was cloned
   * @param port where to listen, on loopback
   * @param instances who answers
   * @param routing who of them answers what
   */
  public Balancer(Path project, int port, List<Instance> instances, Routing routing) {
    this.project = project;
    this.port = port;
    this.instances = List.copyOf(instances);
    this.routing = routing;
  }

  /**
   * Makes sure that it can be had here: installs it when it is missing and may be.
   *
   * @param tell hears, in a line, when something is installed
   * @throws BackendException when it cannot: why, and what to do
   */
  public static void prepare(Consumer<String> tell) {
    PACKAGE.program(tell);
  }

  /** Starts the process; it is not ready yet. */
  public LocalProcess start(LogSink log) {
    try {
      Files.createDirectories(project.resolve(SOCKET).getParent());
    } catch (IOException e) {
      throw new BackendException("Cannot make the balancer's folder: " + e.getMessage(), e);
    }
    var program = PACKAGE.program(_ -> {}).toString();
    return LocalProcess.start(
        new Command(
            "balancer",
            List.of(program, "-db", "-f", CONFIGURATION),
            environment(),
            project,
            "TERM",
            GRACE),
        log);
  }

  private Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    environment.put("BALANCER_BIND", "127.0.0.1:" + port);
    environment.put("BALANCER_SOCKET", SOCKET);
    environment.put(Routing.VARIABLE, routing.word());
    for (var instance : instances) {
      var name = "API_" + instance.number();
      environment.put(name, "127.0.0.1:" + instance.port());
      environment.put(name + "_HEALTH", Integer.toString(instance.managementPort()));
    }
    return environment;
  }

  private static Optional<Path> find() {
    var path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(":", -1)), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, "haproxy"))
        .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
        .findFirst();
  }
}
