package dev.banking.loadtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * What {@code make run} starts, on free ports and with data of its own: in a folder that looks like
 * the project, because the data is kept in the project's folder.
 */
final class WholeSystem {

  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(3);

  /** Kept after the test, for whoever wants to know why it failed. */
  private static final Path LOG = Path.of("target", "whole-system.log").toAbsolutePath();

  private static final String MARK = "HEADLINE_IT_MARK";
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
  private final Map<String, Integer> ports;
  private final String mark = UUID.randomUUID().toString();
  private final Process process;

  private WholeSystem(Path folder, Map<String, String> settings) throws IOException {
    this.folder = folder;
    this.ports = freePorts();
    this.process = launch(settings);
  }

  /** Starts it and waits until it is up. */
  static WholeSystem start(Path project, Path folder) throws IOException {
    return start(project, folder, Map.of());
  }

  /** The same with settings in its environment. */
  static WholeSystem start(Path project, Path folder, Map<String, String> settings)
      throws IOException {
    for (var module :
        List.of("api-service", "notification-worker", "audit-worker", "local-stack")) {
      Files.createSymbolicLink(folder.resolve(module), project.resolve(module));
    }
    var system = new WholeSystem(folder, settings);
    try {
      await()
          .atMost(START_LIMIT)
          .failFast("it ended", () -> !system.process.isAlive())
          .until(() -> Files.exists(system.addresses()));
    } catch (RuntimeException e) {
      system.process.destroy();
      throw new IllegalStateException("the system did not start: " + system.log(), e);
    }
    return system;
  }

  RunningSystem addressesOfIt() throws IOException {
    return RunningSystem.named(EnvFile.read(addresses()));
  }

  /** Sends SIGTERM, waits for the end and gives the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS))
        .as("it ends after SIGTERM")
        .isTrue();
    return process.exitValue();
  }

  /** Ends it if a failed test left it running. */
  void close() throws InterruptedException {
    if (process.isAlive()) {
      terminate();
    }
  }

  /** The ports that still accept connections. */
  List<Integer> openPorts() throws IOException {
    var open = new ArrayList<Integer>();
    for (var port : ports.values()) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        open.add(port);
      } catch (ConnectException _) {
        // Closed, as it should be.
      }
    }
    return open;
  }

  /** The processes that were started by it, directly or not: all inherit its environment. */
  List<String> livingProcesses() {
    return ProcessHandle.allProcesses()
        .filter(this::inheritedOurMark)
        .map(handle -> handle.pid() + " " + handle.info().commandLine().orElse("?"))
        .toList();
  }

  private boolean inheritedOurMark(ProcessHandle handle) {
    try {
      var environment = Path.of("/proc", Long.toString(handle.pid()), "environ");
      return Files.readString(environment, StandardCharsets.ISO_8859_1).contains(mark);
    } catch (IOException _) {
      return false;
    }
  }

  private Process launch(Map<String, String> settings) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var jar = folder.resolve("local-stack/target/local-stack-run.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar.toRealPath() + " is missing: run ./mvnw package first");
    }
    var builder = new ProcessBuilder(java, "-jar", jar.toString(), "run", "--verbose");
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(LOG.toFile());
    ports.forEach((name, port) -> builder.environment().put(name, port.toString()));
    builder.environment().put(MARK, mark);
    builder.environment().putAll(settings);
    return builder.start();
  }

  private Path addresses() {
    return folder.resolve(".local/stack.env");
  }

  private String log() {
    try {
      return Files.readString(LOG);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Map<String, Integer> freePorts() throws IOException {
    var ports = new HashMap<String, Integer>();
    var sockets = new ArrayList<ServerSocket>();
    for (var name : PORT_NAMES) {
      var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      ports.put(name, socket.getLocalPort());
    }
    for (var socket : sockets) {
      socket.close();
    }
    return ports;
  }
}
