package dev.banking.loadtests.lab;

import dev.banking.loadtests.LoadTestException;
import dev.banking.loadtests.system.LocalSystem;
import dev.banking.loadtests.system.OwnProcess;
import dev.banking.loadtests.system.ProcessTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;

/** The textbook program as a process of its own, with the memory that the API has. */
public record Textbook(OwnProcess process, URI base) implements AutoCloseable {

  private static final String PROGRAM = "dev.banking.loadtests.textbook.TextbookServer";
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final int CONNECT_MILLIS = 1_000;

  public static Textbook start(Workplace workplace, LocalSystem system, String database)
      throws IOException {
    var port = freePort();
    var environment = new HashMap<>(System.getenv());
    environment.putAll(system.addresses());
    environment.put("DB_NAME", database);
    environment.put("PORT", Integer.toString(port));
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx320m",
            "-XX:+UseSerialGC",
            "-Dloader.main=" + PROGRAM,
            "-cp",
            System.getProperty("java.class.path"),
            "org.springframework.boot.loader.launch.PropertiesLauncher");
    var process = OwnProcess.start("textbook", command, environment, workplace.log("textbook"));
    return new Textbook(process, URI.create("http://127.0.0.1:" + port));
  }

  /** Waits until it accepts connections. */
  public void awaitReady() throws InterruptedException {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!accepts()) {
      if (!process.isRunning() || System.nanoTime() - deadline > 0) {
        throw new LoadTestException("the textbook program did not start");
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private boolean accepts() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), CONNECT_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public ProcessTree tree() {
    return process.tree();
  }

  @Override
  public void close() {
    process.close();
  }
}
