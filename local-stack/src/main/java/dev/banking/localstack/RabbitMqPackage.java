package dev.banking.localstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** RabbitMQ as the machine's package brings it. */
final class RabbitMqPackage {

  /** The start script itself: the one in /usr/sbin refuses everybody but root and rabbitmq. */
  private static final List<Path> SERVERS =
      List.of(
          Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server"),
          Path.of("/opt/rabbitmq/sbin/rabbitmq-server"),
          Path.of("/usr/local/sbin/rabbitmq-server"));

  private static final DebianPackage PACKAGE =
      new DebianPackage(
          "RabbitMQ",
          "rabbitmq-server",
          RabbitMqPackage::find,
          """
          RABBITMQ_SERVER=/path/to/rabbitmq-server, if it is installed elsewhere
          make run-docker, which needs Docker instead\
          """);

  private RabbitMqPackage() {}

  /**
   * The start script, after installing the package when that is needed and possible.
   *
   * @param tell hears, in a line, when something is installed
   * @throws BackendException when there is none: names the ways to get one
   */
  static Path server(Consumer<String> tell) {
    return PACKAGE.program(tell);
  }

  /** Erlang's port mapper: from the path, or from the Erlang that a package brings of its own. */
  static String epmd(Path server) {
    for (var folder : List.of("/usr/bin", "/usr/local/bin", "/usr/lib/erlang/bin")) {
      var epmd = Path.of(folder, "epmd");
      if (Files.isExecutable(epmd)) {
        return epmd.toString();
      }
    }
    throw new BackendException("Found RabbitMQ (" + server + ") but not Erlang's epmd.");
  }

  private static Optional<Path> find() {
    var chosen = Objects.requireNonNullElse(System.getenv("RABBITMQ_SERVER"), "");
    var candidates = chosen.isEmpty() ? SERVERS.stream() : Stream.of(Path.of(chosen));
    return candidates.filter(Files::isExecutable).findFirst();
  }
}
