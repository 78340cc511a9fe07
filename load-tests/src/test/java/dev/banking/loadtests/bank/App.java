package dev.banking.loadtests.bank;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.client.HttpConnection;
import dev.banking.localstack.Command;
import dev.banking.localstack.LocalProcess;
import dev.banking.localstack.LogSink;
import dev.banking.localstack.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One application's process: always on the same ports, as often started as killed. */
public final class App {

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final String name;
  private final List<String> options;
  private final Path folder;
  private final LogSink log;
  private final Map<String, String> environment;
  private final int port = Ports.free();
  private final int managementPort = Ports.free();
  private volatile Path jar;
  private volatile @Nullable LocalProcess process;

  App(String name, Path jar, List<String> options, Map<String, String> environment, LogSink log) {
    this.name = name;
    this.jar = jar;
    this.folder = requireNonNull(jar.getParent());
    this.options = options;
    this.log = log;
    this.environment = new HashMap<>(environment);
    this.environment.put("PORT", Integer.toString(port));
    this.environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
  }

  public int port() {
    return port;
  }

  /** From the next start on it is a process of this jar. */
  public void install(Path jar) {
    this.jar = jar;
  }

  /** From the next start on it has these settings, too. */
  public void configure(Map<String, String> settings) {
    environment.putAll(settings);
  }

  /** Another one that does the same, on ports of its own, from another jar; the caller ends it. */
  public App beside(Path jar) {
    return new App(name + "-beside", jar, options, environment, log);
  }

  /** Starts it; returns at once. */
  public void launch() {
    launch(Map.of());
  }

  /** Starts it this one time with some settings of its own; returns at once. */
  public void launch(Map<String, String> settings) {
    var environment = new HashMap<>(this.environment);
    environment.putAll(settings);
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var arguments =
        Stream.of(List.of(java), options, List.of("-jar", jar.toString()))
            .flatMap(List::stream)
            .toList();
    process =
        LocalProcess.start(new Command(name, arguments, environment, folder, "TERM", GRACE), log);
  }

  /** Waits until it says that it is ready. */
  public void awaitReady() {
    await(name + " is ready")
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .failFast(name + " ended", () -> !isRunning())
        .until(() -> status("/actuator/health/readiness") == 200);
  }

  public void start() {
    launch();
    awaitReady();
  }

  public boolean isRunning() {
    var current = process;
    return current != null && current.isRunning();
  }

  /** SIGKILL. */
  public void kill() {
    requireNonNull(process).kill();
  }

  /** SIGTERM, and waits for its end. */
  public void stop() {
    var current = process;
    if (current != null) {
      current.stop();
    }
  }

  /** The sum of a counter or gauge over all its labels; 0 when it does not answer. */
  public double metric(String metric) {
    try (var connection = HttpConnection.open(managementPort)) {
      return connection
          .send("GET", "/actuator/prometheus", Map.of(), null)
          .body()
          .lines()
          .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException _) {
      return 0;
    }
  }

  /** Resident memory of the Java process in MiB. */
  public long residentMebibytes() throws IOException {
    var pid = ProcessHandle.of(requireNonNull(process).pid()).orElseThrow();
    var java =
        Stream.concat(Stream.of(pid), pid.descendants())
            .filter(handle -> handle.info().command().orElse("").endsWith("/java"))
            .findFirst()
            .orElseThrow();
    try (var lines = Files.lines(Path.of("/proc", Long.toString(java.pid()), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElseThrow()
          / 1024;
    }
  }

  private int status(String path) {
    try (var connection = HttpConnection.open(managementPort)) {
      return connection.send("GET", path, Map.of(), null).status();
    } catch (IOException _) {
      return 0;
    }
  }
}
