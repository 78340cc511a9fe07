package dev.banking.loadtests.system;

import dev.banking.loadtests.LoadTestException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Another API beside the one of a {@link LocalSystem}: started with the very words and environment
 * of that one, but for what is said.
 */
public final class ApiProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
  private static final int ANSWER_LIMIT_MILLIS = 2_000;

  private final OwnProcess process;
  private final URI base;
  private final URI management;
  private final long startedNanos;

  private ApiProcess(OwnProcess process, int port, int managementPort) {
    this.process = process;
    this.base = URI.create("http://127.0.0.1:" + port);
    this.management = URI.create("http://127.0.0.1:" + managementPort);
    this.startedNanos = System.nanoTime();
  }

  /** Starts one like the model's API, with these settings changed. */
  public static ApiProcess like(LocalSystem model, Map<String, String> changed, Path log)
      throws IOException {
    return start(model, commandOf(model), changed, log);
  }

  /** Starts one from the plain jar, without a cache of classes and profiles. */
  public static ApiProcess plain(LocalSystem model, Path jar, Map<String, String> changed, Path log)
      throws IOException {
    return start(model, plain(commandOf(model), jar), changed, log);
  }

  private static List<String> commandOf(LocalSystem model) throws IOException {
    return Running.command(Running.application(model, "api-service").root());
  }

  private static ApiProcess start(
      LocalSystem model, List<String> command, Map<String, String> changed, Path log)
      throws IOException {
    var ports = FreePorts.choose(2);
    var environment =
        new HashMap<>(Running.environment(Running.application(model, "api-service").root()));
    environment.put("PORT", ports.getFirst().toString());
    environment.put("MANAGEMENT_SERVER_PORT", ports.getLast().toString());
    environment.putAll(changed);
    var process = OwnProcess.start("api", command, environment, log);
    return new ApiProcess(process, ports.getFirst(), ports.getLast());
  }

  /** The same options but those of ahead-of-time caches, and this jar. */
  static List<String> plain(List<String> command, Path jar) {
    var plain = new ArrayList<String>();
    for (var word : command.subList(0, command.lastIndexOf("-jar"))) {
      if (!word.startsWith("-XX:AOT") && !word.startsWith("-XX:SharedArchiveFile")) {
        plain.add(word);
      }
    }
    plain.addAll(List.of("-jar", jar.toString()));
    return plain;
  }

  /**
   * Waits until it says that it is ready.
   *
   * @return seconds since its start
   */
  public double awaitReady() throws InterruptedException {
    var readiness = management.resolve("/actuator/health/readiness");
    while (!answersWell(readiness)) {
      if (!process.isRunning() || System.nanoTime() - startedNanos > START_LIMIT.toNanos()) {
        throw new LoadTestException("another API did not become ready");
      }
      Thread.sleep(LOOK_AGAIN);
    }
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  /** Where it answers. */
  public URI base() {
    return base;
  }

  /** Where its health and metrics are. */
  public URI management() {
    return management;
  }

  public ProcessTree tree() {
    return process.tree();
  }

  /** Whether it answers 200; bounded. */
  public static boolean answersWell(URI address) {
    try {
      var connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(ANSWER_LIMIT_MILLIS);
      connection.setReadTimeout(ANSWER_LIMIT_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
