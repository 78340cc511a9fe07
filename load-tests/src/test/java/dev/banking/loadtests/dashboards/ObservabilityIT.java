package dev.banking.loadtests.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.loadtests.system.LocalSystem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and dashboards against what the three real applications say of themselves. */
@TestInstance(Lifecycle.PER_CLASS)
class ObservabilityIT {

  private static final Path LOG = Path.of("target", "observability.log").toAbsolutePath();
  private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"(?:[^\"\\\\]|\\\\.)*\"");

  /** What Prometheus adds by itself. */
  private static final Set<String> OWN_METRICS = Set.of("up");

  private static final Set<String> OWN_LABELS = Set.of("job", "instance");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private LocalSystem system;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    system = LocalSystem.launch(Alert.PROJECT, folder, LOG, Map.of());
    system.awaitUp();
    // Something of each kind has to happen before there is a line about it.
    change("100");
    change("-1000000");
    send("GET", "/api/users/1", "");
  }

  @AfterAll
  void stop() {
    if (system != null) {
      system.close();
    }
  }

  private void change(String amount) throws IOException, InterruptedException {
    send("PUT", "/api/users/1/balance", "{\"amount\":" + amount + "}");
  }

  private void send(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(system.addresses().get("BASE_URL") + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isIn(200, 400);
  }

  @Test
  void everyMetricThatIsAskedForExistsWithItsLabels() throws Exception {
    var known = exposed();
    var missing = new ArrayList<String>();
    for (var query : queries().entrySet()) {
      for (var metric : PromQl.metrics(query.getValue()).entrySet()) {
        if (!OWN_METRICS.contains(metric.getKey())) {
          var labels = new HashSet<>(metric.getValue());
          labels.removeAll(OWN_LABELS);
          if (!known.getOrDefault(metric.getKey(), Set.of("nothing")).containsAll(labels)
              || !known.containsKey(metric.getKey())) {
            missing.add(query.getKey() + ": " + metric);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** What is asked, by who asks it. */
  private static Map<String, String> queries() throws IOException {
    var queries = new HashMap<String, String>();
    Alert.all().forEach(alert -> queries.put(alert.name(), alert.expression()));
    for (var panel : panels()) {
      queries.put(
          panel.dashboard() + ": " + panel.title() + " " + queries.size(), panel.plainQuery());
    }
    assertThat(queries).hasSizeGreaterThan(80);
    return queries;
  }

  private static List<Panel> panels() throws IOException {
    return Panel.in(Alert.PROJECT.resolve("deploy/grafana/dashboards"));
  }

  /** By metric, the labels that it has anywhere. */
  private Map<String, Set<String>> exposed() throws IOException, InterruptedException {
    var exposed = new HashMap<String, Set<String>>();
    for (var name :
        List.of("MANAGEMENT_URL", "NOTIFICATION_MANAGEMENT_URL", "AUDIT_MANAGEMENT_URL")) {
      var address = URI.create(system.addresses().get(name) + "/actuator/prometheus");
      var answer =
          http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
      answer.lines().filter(line -> !line.startsWith("#")).forEach(line -> read(line, exposed));
    }
    return exposed;
  }

  private static void read(String line, Map<String, Set<String>> exposed) {
    var sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as(line).isTrue();
    var labels = exposed.computeIfAbsent(sample.group(1), _ -> new HashSet<>());
    var pairs = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
    while (pairs.find()) {
      labels.add(pairs.group(1));
    }
  }

  @Test
  void noMetricNamesAUser() throws Exception {
    assertThat(exposed().values().stream().flatMap(Set::stream))
        .doesNotContain("user", "userId", "user_id", "actor", "requestId", "request_id");
  }

  @Test
  void everyPanelHasSomethingToShow() throws Exception {
    var prometheus = PrometheusPackage.program("prometheus");
    assertThat(DashboardsCheck.check(Alert.PROJECT, system.addresses(), prometheus, System.out))
        .isTrue();
  }
}
