package dev.banking.loadtests;

import dev.banking.loadtests.system.LocalSystem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A {@link LocalSystem} that tells what it has left behind. */
final class WholeSystem {

  /** Kept after the test, for whoever wants to know why it failed. */
  private static final Path LOG = Path.of("target", "whole-system.log").toAbsolutePath();

  private static final String MARK = "HEADLINE_IT_MARK";

  private final LocalSystem system;
  private final String mark;

  private WholeSystem(LocalSystem system, String mark) {
    this.system = system;
    this.mark = mark;
  }

  /** Starts it and waits until it is up. */
  static WholeSystem start(Path project, Path folder) throws IOException, InterruptedException {
    return start(project, folder, Map.of());
  }

  /** The same with settings in its environment. */
  static WholeSystem start(Path project, Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    var mark = UUID.randomUUID().toString();
    var environment = new HashMap<>(settings);
    environment.put(MARK, mark);
    var system = LocalSystem.launch(project, folder, LOG, environment);
    try {
      system.awaitUp();
    } catch (LoadTestException e) {
      system.close();
      throw new IllegalStateException("the system did not start: " + system.said(), e);
    }
    return new WholeSystem(system, mark);
  }

  RunningSystem addressesOfIt() throws IOException {
    return RunningSystem.named(system.addresses());
  }

  /** By the names that other tools read. */
  Map<String, String> addresses() throws IOException {
    return system.addresses();
  }

  /** The processes that it has started. */
  Stream<ProcessHandle> descendants() {
    return system.process().descendants();
  }

  /** Sends SIGTERM, waits for the end and gives the exit code. */
  int terminate() throws InterruptedException {
    return system.terminate();
  }

  /** Ends it if a failed test left it running. */
  void close() {
    system.close();
  }

  /** The ports that still accept connections. */
  List<Integer> openPorts() throws IOException {
    var open = new ArrayList<Integer>();
    for (var port : system.ports().values()) {
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
}
