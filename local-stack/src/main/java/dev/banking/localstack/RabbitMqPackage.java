package dev.banking.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * RabbitMQ as the machine's package brings it. On Debian and Ubuntu it is installed when it is
 * missing and we may; its system service is not started.
 */
final class RabbitMqPackage {

  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** The start script itself: the one in /usr/sbin refuses everybody but root and rabbitmq. */
  private static final List<Path> SERVERS =
      List.of(
          Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server"),
          Path.of("/opt/rabbitmq/sbin/rabbitmq-server"),
          Path.of("/usr/local/sbin/rabbitmq-server"));

  private RabbitMqPackage() {}

  /**
   * The start script, after installing the package when that is needed and possible.
   *
   * @param tell hears, in a line, when something is installed
   * @throws BackendException when there is none: names the ways to get one
   */
  static synchronized Path server(Consumer<String> tell) {
    var present = find();
    if (present.isPresent()) {
      return present.get();
    }
    try (var lock = lock();
        var _ = lock.lock()) {
      return find().orElseGet(() -> install(tell));
    } catch (IOException e) {
      throw new BackendException("Cannot install RabbitMQ: " + e.getMessage(), e);
    }
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

  private static FileChannel lock() throws IOException {
    var file =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "banking-install-rabbitmq-" + System.getProperty("user.name"));
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static Path install(Consumer<String> tell) {
    if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      throw missing("it can be installed for you only on Debian and Ubuntu");
    }
    var prefix = User.isRoot() ? List.<String>of() : List.of("sudo", "-n");
    if (!User.isRoot() && !User.succeeds(prefix, List.of("true"))) {
      throw missing(
          "it cannot be installed for you: you are not root, and sudo is missing or asks for a password");
    }
    tell.accept("RabbitMQ is missing: installing Debian's rabbitmq-server, without its service");
    var arguments = new ArrayList<>(prefix);
    arguments.addAll(List.of("sh", "-c", script(), "install-rabbitmq"));
    var command = new Command("apt-get", arguments, Map.of(), Path.of("/"), "TERM", GRACE);
    var process = LocalProcess.start(command, (_, _) -> {});
    var ended = Waiting.until(INSTALL_LIMIT, () -> !process.isRunning());
    if (!ended) {
      process.kill();
    }
    return find()
        .orElseThrow(() -> missing("installing it failed:\n" + process.lastLines() + "\n"));
  }

  private static BackendException missing(String why) {
    return new BackendException(
        """
        RabbitMQ is missing, and %s. One of these helps:
          sudo apt-get install --no-install-recommends rabbitmq-server
          RABBITMQ_SERVER=/path/to/rabbitmq-server, if it is installed elsewhere
          make run-docker, which needs Docker instead\
        """
            .formatted(why));
  }

  private static String script() {
    return Resources.script("install-rabbitmq.sh");
  }
}
