package dev.banking.loadtests.dashboards;

import dev.banking.loadtests.LoadTestException;
import dev.banking.loadtests.system.OwnProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus of our own: the project's configuration and alerts, other targets, in a hurry. */
final class PrometheusServer implements AutoCloseable {

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /** So many that a rate over a minute has something to go by. */
  private static final int SCRAPES = 10;

  /** There is no DNS around a run on one machine: the name and its port become an address. */
  private static final String BY_NAME =
      "dns_sd_configs:\\s+- \\{names: \\[([\\w-]+)], type: A, port: (\\d+)[^}]*}";

  private static final String AT_ADDRESS = "static_configs: [{targets: [\"$1:$2\"]}]";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();
  private final OwnProcess process;
  private final Path log;
  private final URI base;

  private PrometheusServer(OwnProcess process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.base = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Starts it.
   *
   * @param program prometheus
   * @param configuration the folder of {@code prometheus.yml} and {@code alerts.yml}
   * @param targets for each address in the configuration the one to look at instead; that of the
   *     API is found by its name there
   * @param folder empty, for its data
   */
  static PrometheusServer start(
      Path program, Path configuration, Map<String, String> targets, Path folder)
      throws IOException {
    var text =
        Files.readString(configuration.resolve("prometheus.yml"))
            .replaceAll("(scrape_interval|evaluation_interval): 15s", "$1: 1s")
            .replaceAll(BY_NAME, AT_ADDRESS);
    for (var target : targets.entrySet()) {
      if (!text.contains(target.getKey())) {
        throw new LoadTestException("prometheus.yml does not look at " + target.getKey());
      }
      text = text.replace(target.getKey(), target.getValue());
    }
    Files.writeString(folder.resolve("prometheus.yml"), text);
    Files.copy(configuration.resolve("alerts.yml"), folder.resolve("alerts.yml"));
    return launch(program, folder, freePort());
  }

  private static PrometheusServer launch(Path program, Path folder, int port) throws IOException {
    var log = folder.resolve("prometheus.log");
    var command =
        List.of(
            program.toString(),
            "--config.file=" + folder.resolve("prometheus.yml"),
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port);
    return new PrometheusServer(
        OwnProcess.start("prometheus", command, System.getenv(), log), log, port);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Waits until every target was asked often enough.
   *
   * @throws LoadTestException when Prometheus ends, or a target does not answer
   */
  void awaitFigures(int targets) throws IOException, InterruptedException {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!isAsked(targets)) {
      if (!process.isRunning() || System.nanoTime() - deadline > 0) {
        throw new LoadTestException(
            "Prometheus does not see all applications. It said:\n" + Files.readString(log));
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  private boolean isAsked(int targets) throws InterruptedException {
    try {
      var enough =
          ask("count(sum_over_time(up[1m]) >= " + SCRAPES + ") == " + targets).path("data");
      return !enough.path("result").isEmpty();
    } catch (IOException _) {
      return false;
    }
  }

  /** Prometheus's answer to an instant query, also when it refuses it. */
  JsonNode ask(String query) throws IOException, InterruptedException {
    var encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(base.resolve("/api/v1/query?query=" + encoded))
            .timeout(ANSWER_LIMIT)
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    return answer.statusCode() == 503
        ? JsonMapper.shared().createObjectNode()
        : JsonMapper.shared().readTree(answer.body());
  }

  @Override
  public void close() {
    process.close();
    http.shutdownNow();
  }
}
