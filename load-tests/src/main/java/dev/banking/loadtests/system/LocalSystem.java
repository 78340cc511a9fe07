package dev.banking.loadtests.system;

import dev.banking.loadtests.EnvFile;
import dev.banking.loadtests.LoadTestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What {@code make run} starts, on free ports and with data of its own: in a folder that looks like
 * the project, because the data is kept in the project's folder.
 */
public final class LocalSystem implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(3);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final List<String> PORT_NAMES =
      List.of(
          "PORT",
          "NOTIFICATION_PORT",
          "AUDIT_PORT",
          "MANAGEMENT_SERVER_PORT",
          "NOTIFICATION_MANAGEMENT_PORT",
          "AUDIT_MANAGEMENT_PORT",
          "POSTGRES_PORT",
          "REDIS_PORT",
          "RABBITMQ_PORT",
          "RABBITMQ_MANAGEMENT_PORT");

  private final Path folder;
  private final Path log;
  private final Map<String, Integer> ports = new HashMap<>();
  private final Process process;

  private LocalSystem(Path folder, Path log, Map<String, String> settings) throws IOException {
    this.folder = folder;
    this.log = log;
    var free = FreePorts.choose(PORT_NAMES.size());
    PORT_NAMES.forEach(name -> ports.put(name, free.get(ports.size())));
    this.process = launch(settings);
  }

  /**
   * Starts it; it is not up yet.
   *
   * @param folder empty; becomes the image of the project that the data is kept in
   * @param log gets what all processes print
   * @param settings added to our environment
   */
  public static LocalSystem launch(
      Path project, Path folder, Path log, Map<String, String> settings) throws IOException {
    try (var entries = Files.list(project)) {
      for (var entry : entries.filter(LocalSystem::isVisibleFolder).toList()) {
        Files.createSymbolicLink(folder.resolve(entry.getFileName()), entry.toRealPath());
      }
    }
    return new LocalSystem(folder, log, settings);
  }

  private static boolean isVisibleFolder(Path entry) {
    return Files.isDirectory(entry) && !String.valueOf(entry.getFileName()).startsWith(".");
  }

  private Process launch(Map<String, String> settings) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var jar = folder.resolve("local-stack/target/local-stack-run.jar");
    if (!Files.exists(jar)) {
      throw new LoadTestException(jar + " is missing: make build");
    }
    var builder = new ProcessBuilder(java, "-jar", jar.toString(), "run", "--verbose");
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    ports.forEach((name, port) -> builder.environment().put(name, port.toString()));
    builder.environment().putAll(settings);
    return builder.start();
  }

  /**
   * Waits until {@code make run} would say that all is up.
   *
   * @throws LoadTestException when it ended instead, or takes too long
   */
  public void awaitUp() throws InterruptedException {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.exists(addressFile())) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new LoadTestException("the system did not start; what it said is in " + log);
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  /** Where everything is, under the names that the applications and the load test use. */
  public Map<String, String> addresses() throws IOException {
    return EnvFile.read(addressFile());
  }

  /** By the names of the variables that set them. */
  public Map<String, Integer> ports() {
    return Map.copyOf(ports);
  }

  /** The program behind {@code make run}; all other processes descend from it. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** The image of the project that it runs in. */
  public Path project() {
    return folder;
  }

  /** Where it keeps its data. */
  public Path data() {
    return folder.resolve(".local");
  }

  /**
   * Asks it to end, waits, and gives the exit code.
   *
   * @throws LoadTestException when it does not end
   */
  public int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new LoadTestException("the system does not end; what it said is in " + log);
    }
    return process.exitValue();
  }

  /** Ends it, if it still runs. The data stays. */
  @Override
  public void close() {
    try {
      terminate();
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** What it said so far. */
  public String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path addressFile() {
    return data().resolve("stack.env");
  }
}
