package dev.banking.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A private RabbitMQ node of the machine's package. It shares nothing with a node that the machine
 * may run already: own name, ports, home, cookie, configuration, data and port mapper (epmd), all
 * on loopback. Nodes of one cluster share the cookie and the port mapper.
 */
final class RabbitMqProgram extends Program {

  private static final String LOOPBACK_ONLY = "-kernel inet_dist_use_interface {127,0,0,1}";

  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration CONTROL_GRACE = Duration.ofSeconds(2);
  private static final Duration EPMD_GRACE = Duration.ofSeconds(2);

  private final RabbitMqNode node;
  private final int managementPort;
  private final Passwords passwords;
  private @Nullable LocalProcess epmd;
  private Map<String, String> environment = Map.of();

  /**
   * Makes no process yet.
   *
   * @param folder for the data and the configuration; made by the caller
   * @param managementPort of the management pages, or 0 to leave them out
   * @param passwords of the applications' users
   */
  RabbitMqProgram(Path folder, int port, int managementPort, Passwords passwords, LogSink log) {
    this(RabbitMqNode.alone(), folder, port, managementPort, passwords, log);
  }

  /** The same for a node that need not be alone. */
  RabbitMqProgram(
      RabbitMqNode node,
      Path folder,
      int port,
      int managementPort,
      Passwords passwords,
      LogSink log) {
    super(RabbitMq.NAME, folder, port, log);
    this.node = node;
    this.managementPort = managementPort;
    this.passwords = passwords;
  }

  @Override
  Command command() {
    var server = RabbitMqPackage.server(line -> log().line(name(), line));
    try {
      writeConfiguration();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot configure RabbitMQ in " + folder(), e);
    }
    ended();
    var epmdPort = node.epmdPort();
    if (node.hasOwnEpmd()) {
      epmdPort = Ports.free();
      epmd = startEpmd(folder(), epmdPort, log());
    }
    environment = environment(Integer.toString(epmdPort));
    var arguments = List.of(server.toString());
    return new Command(name(), arguments, environment, folder(), "TERM", GRACE);
  }

  /** A port mapper on loopback, for the caller to stop. */
  static LocalProcess startEpmd(Path folder, int port, LogSink log) {
    var server = RabbitMqPackage.server(line -> log.line(RabbitMq.NAME, line));
    var words =
        List.of(
            RabbitMqPackage.epmd(server), "-address", "127.0.0.1", "-port", Integer.toString(port));
    return LocalProcess.start(
        new Command("epmd", words, Map.of(), folder, "TERM", EPMD_GRACE), log);
  }

  /** Runs the node's {@code rabbitmqctl}; the node must be up. */
  String control(List<String> arguments) {
    var server = RabbitMqPackage.server(line -> log().line(name(), line));
    var command = new ArrayList<>(List.of(server.resolveSibling("rabbitmqctl").toString()));
    command.addAll(arguments);
    return run(new Command("rabbitmqctl", command, environment, folder(), "TERM", CONTROL_GRACE));
  }

  private Map<String, String> environment(String epmdPort) {
    var environment = new HashMap<String, String>();
    for (var name : System.getenv().keySet()) {
      if (name.startsWith("RABBITMQ_") || name.startsWith("ERL_")) {
        environment.put(name, "");
      }
    }
    environment.put("HOME", folder().toString());
    environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    environment.put("ERL_EPMD_PORT", epmdPort);
    environment.put("RABBITMQ_NODENAME", node.name());
    environment.put("RABBITMQ_DIST_PORT", Integer.toString(Ports.free()));
    environment.put("RABBITMQ_MNESIA_BASE", folder().resolve("data").toString());
    environment.put("RABBITMQ_LOG_BASE", folder().resolve("log").toString());
    environment.put("RABBITMQ_LOGS", "-");
    environment.put("RABBITMQ_CONFIG_FILE", folder().resolve("rabbitmq.conf").toString());
    environment.put(
        "RABBITMQ_ADVANCED_CONFIG_FILE", folder().resolve("advanced.config").toString());
    environment.put("RABBITMQ_CONF_ENV_FILE", folder().resolve("rabbitmq-env.conf").toString());
    environment.put(
        "RABBITMQ_ENABLED_PLUGINS_FILE", folder().resolve("enabled_plugins").toString());
    environment.put("RABBITMQ_PID_FILE", folder().resolve("pid").toString());
    environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", LOOPBACK_ONLY);
    environment.put("RABBITMQ_CTL_ERL_ARGS", LOOPBACK_ONLY);
    // The start script then becomes the server instead of its parent: signals reach the server.
    environment.put("RUNNING_UNDER_SYSTEMD", "true");
    return environment;
  }

  private void writeConfiguration() throws IOException {
    var plugins = managementPort == 0 ? "[]." : "[rabbitmq_management].";
    Files.writeString(folder().resolve("enabled_plugins"), plugins + "\n");
    Files.writeString(folder().resolve("advanced.config"), "[].\n");
    Files.writeString(folder().resolve("rabbitmq-env.conf"), "");
    var definitions = folder().resolve("definitions.json");
    Secrets.write(definitions, RabbitMq.definitions(passwords));
    if (!node.cookie().isEmpty()) {
      Secrets.write(folder().resolve(".erlang.cookie"), node.cookie());
    }
    var management =
        "management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = " + managementPort + "\n";
    Files.writeString(
        folder().resolve("rabbitmq.conf"),
        """
        listeners.tcp.1 = 127.0.0.1:%d
        load_definitions = %s
        log.console = true
        log.console.level = warning
        raft.wal_max_size_bytes = 64000000
        """
                .formatted(port(), definitions)
            + node.configuration()
            + (managementPort == 0 ? "" : management));
  }

  @Override
  public void ended() {
    if (epmd != null) {
      epmd.stop();
    }
  }
}
