package dev.banking.loadtests.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One question of a panel of a dashboard.
 *
 * @param dashboard its title
 * @param title of the panel
 * @param query PromQL, as it stands in the file
 */
record Panel(String dashboard, String title, String query) {

  /** What Grafana would put in the place of its own variables. */
  private static final String RATE_INTERVAL = "1m";

  /** All questions of all dashboards in a folder, in the order of their files. */
  static List<Panel> in(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      var panels = new ArrayList<Panel>();
      for (var file : files.filter(Panel::isJson).sorted().toList()) {
        collect(JsonMapper.shared().readTree(file.toFile()), panels);
      }
      return panels;
    }
  }

  private static boolean isJson(Path file) {
    return file.toString().endsWith(".json");
  }

  private static void collect(JsonNode dashboard, List<Panel> panels) {
    for (var panel : dashboard.path("panels")) {
      for (var target : panel.path("targets")) {
        panels.add(
            new Panel(
                dashboard.path("title").asString(),
                panel.path("title").asString(),
                target.path("expr").asString()));
      }
    }
  }

  /** For Prometheus itself. */
  String plainQuery() {
    return query.replace("$__rate_interval", RATE_INTERVAL);
  }
}
