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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A program of a Debian or Ubuntu package. It is installed when it is missing and we may; its
 * system service is not started.
 *
 * @param title what people call it
 * @param name of the package
 * @param find looks for the program
 * @param otherWays to get it, a line each
 */
public record DebianPackage(
    String title, String name, Supplier<Optional<Path>> find, String otherWays) {

  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /**
   * The program, after installing the package when that is needed and possible.
   *
   * @param tell hears, in a line, when something is installed
   * @throws BackendException when there is none: names the ways to get one
   */
  public Path program(Consumer<String> tell) {
    var present = find.get();
    return present.isPresent() ? present.get() : installOnce(tell);
  }

  private Path installOnce(Consumer<String> tell) {
    synchronized (DebianPackage.class) {
      try (var lock = lock();
          var _ = lock.lock()) {
        return find.get().orElseGet(() -> install(tell));
      } catch (IOException e) {
        throw new BackendException("Cannot install " + title + ": " + e.getMessage(), e);
      }
    }
  }

  private FileChannel lock() throws IOException {
    var file =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "banking-install-" + name + "-" + System.getProperty("user.name"));
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private Path install(Consumer<String> tell) {
    if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
      throw missing("it can be installed for you only on Debian and Ubuntu");
    }
    var prefix = User.isRoot() ? List.<String>of() : List.of("sudo", "-n");
    if (!User.isRoot() && !User.succeeds(prefix, List.of("true"))) {
      throw missing(
          "it cannot be installed for you: you are not root, and sudo is missing or asks for a password");
    }
    tell.accept(title + " is missing: installing Debian's " + name + ", without its service");
    var arguments = new ArrayList<>(prefix);
    var script = Resources.script("install-package.sh");
    arguments.addAll(List.of("sh", "-c", script, "install-package", name));
    var command = new Command("apt-get", arguments, Map.of(), Path.of("/"), "TERM", GRACE);
    var process = LocalProcess.start(command, (_, _) -> {});
    var ended = Waiting.until(INSTALL_LIMIT, () -> !process.isRunning());
    if (!ended) {
      process.kill();
    }
    return find.get()
        .orElseThrow(() -> missing("installing it failed:\n" + process.lastLines() + "\n"));
  }

  private BackendException missing(String why) {
    return new BackendException(
        """
        %s is missing, and %s. One of these helps:
          sudo apt-get install --no-install-recommends %s
        %s\
        """
            .formatted(title, why, name, otherWays.indent(2).stripTrailing()));
  }
}
