package dev.banking.loadtests.dashboards;

import dev.banking.loadtests.EnvFile;
import dev.banking.loadtests.LoadTestException;
import dev.banking.loadtests.report.Table;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code make dashboards-check}: asks every question of every dashboard of a Prometheus that looks
 * at the system of {@code make run}, and prints what came back. Exits with 0 when each has an
 * answer, with 1 when one has none, with 2 when it could not ask.
 */
public final class DashboardsCheck {

  private static final int GOOD = 0;
  private static final int EMPTY = 1;
  private static final int FAILED = 2;

  /** The targets of {@code prometheus.yml}, and where make run says that they are. */
  private static final Map<String, String> TARGETS =
      Map.of(
          "api-service:9000", "MANAGEMENT_URL",
          "notification-worker:9001", "NOTIFICATION_MANAGEMENT_URL",
          "audit-worker:9002", "AUDIT_MANAGEMENT_URL");

  private DashboardsCheck() {}

  public static void main(String[] args) throws InterruptedException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(Path.of("").toAbsolutePath(), out));
  }

  private static int run(Path project, PrintStream out) throws InterruptedException {
    try {
      var addresses = EnvFile.read(project.resolve(".local/stack.env"));
      if (addresses.isEmpty()) {
        throw new LoadTestException("nothing runs here: make run in another terminal first");
      }
      return check(project, addresses, prometheus(), out) ? GOOD : EMPTY;
    } catch (LoadTestException | IOException e) {
      out.println("Dashboards: " + e.getMessage());
      return FAILED;
    }
  }

  private static Path prometheus() {
    var path = System.getenv().getOrDefault("PATH", "");
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(path)
        .map(folder -> Path.of(folder, "prometheus"))
        .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
        .findFirst()
        .orElseThrow(() ->
            new LoadTestException(
                "prometheus is not on the PATH: apt-get install --no-install-recommends"
                    + " prometheus, or https://prometheus.io/download/"));
  }

  /** Whether each question has an answer. */
  static boolean check(
      Path project, Map<String, String> addresses, Path prometheus, PrintStream out)
      throws IOException, InterruptedException {
    var targets = new HashMap<String, String>();
    TARGETS.forEach(
        (target, name) -> targets.put(target, URI.create(addresses.get(name)).getAuthority()));
    var folder = Files.createTempDirectory("banking-dashboards-");
    try (var server =
        PrometheusServer.start(prometheus, project.resolve("deploy/prometheus"), targets, folder)) {
      server.awaitFigures(targets.size());
      return ask(server, Panel.in(project.resolve("deploy/grafana/dashboards")), out);
    } finally {
      delete(folder);
    }
  }

  private static boolean ask(PrometheusServer server, List<Panel> panels, PrintStream out)
      throws IOException, InterruptedException {
    var table = new Table().header("dashboard: panel").header("series").header("first value");
    var empty = 0;
    for (var panel : panels) {
      var answer = server.ask(panel.plainQuery());
      var result = answer.path("data").path("result");
      if (result.isEmpty()) {
        empty++;
      }
      table.row(
          List.of(
              panel.dashboard() + ": " + panel.title(),
              Integer.toString(result.size()),
              result.isEmpty()
                  ? answer.path("error").asString("NO DATA")
                  : result.path(0).path("value").path(1).asString()));
    }
    out.print(table);
    out.printf("%d questions, %d without an answer%n", panels.size(), empty);
    return !panels.isEmpty() && empty == 0;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
