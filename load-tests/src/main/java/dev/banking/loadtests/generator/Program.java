package dev.banking.loadtests.generator;

import dev.banking.loadtests.LoadTestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of this machine that runs for a while and prints its figures. */
final class Program {

  /** Beyond the time that it was told to run. */
  private static final Duration GRACE = Duration.ofSeconds(45);

  /** Where Go puts what it installs, k6 for instance. */
  private static final String GO_PROGRAMS = System.getProperty("user.home") + "/go/bin";

  private static final Path DEBIAN_POSTGRES = Path.of("/usr/lib/postgresql");

  private Program() {}

  /**
   * Where it is: on the PATH, or where Debian keeps PostgreSQL's programs.
   *
   * @throws LoadTestException when it is nowhere
   */
  static Path find(String name, String howToGetIt) {
    return find(name)
        .orElseThrow(
            () -> new LoadTestException(name + " is not installed. Get it with " + howToGetIt));
  }

  /** Where it is, if it is anywhere. */
  static Optional<Path> find(String name) {
    return Stream.concat(onPath(name), ofPostgres(name).stream())
        .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
        .findFirst();
  }

  private static Stream<Path> onPath(String name) {
    var path = System.getenv().getOrDefault("PATH", "") + ":" + GO_PROGRAMS;
    return Stream.of(path.split(":", -1)).map(folder -> Path.of(folder, name));
  }

  private static Optional<Path> ofPostgres(String name) {
    if (!Files.isDirectory(DEBIAN_POSTGRES)) {
      return Optional.empty();
    }
    try (var versions = Files.list(DEBIAN_POSTGRES)) {
      return versions
          .map(version -> version.resolve("bin").resolve(name))
          .filter(Files::isExecutable)
          .max(Path::compareTo);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /**
   * Runs it and gives what it printed.
   *
   * @throws LoadTestException when it fails, or does not end in time
   */
  static String run(List<String> command, Map<String, String> environment, Duration expected)
      throws InterruptedException {
    try {
      var output = Files.createTempFile("banking-bench-", ".txt");
      try {
        return run(command, environment, expected, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new LoadTestException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  private static String run(
      List<String> command, Map<String, String> environment, Duration expected, Path output)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    var killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    try {
      var isOver = process.waitFor(expected.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
      if (!isOver || process.exitValue() != 0) {
        throw new LoadTestException(
            "%s %s:%n%s"
                .formatted(
                    String.join(" ", command),
                    isOver ? "failed with " + process.exitValue() : "does not end",
                    Files.readString(output, StandardCharsets.UTF_8)));
      }
      return Files.readString(output, StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
      forget(killer);
    }
  }

  private static void forget(Thread killer) {
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException _) {
      // We are shutting down: the hook runs already.
    }
  }
}
