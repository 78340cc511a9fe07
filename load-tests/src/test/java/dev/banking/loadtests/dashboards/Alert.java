package dev.banking.loadtests.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** A rule of {@code alerts.yml}. */
record Alert(String name, String expression, String severity, Map<String, String> annotations) {

  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /** The folder of the rules, their tests, and the configuration. */
  static final Path FOLDER = PROJECT.resolve("deploy/prometheus");

  /** All of them, in their order. */
  static List<Alert> all() throws IOException {
    var alerts = new ArrayList<Alert>();
    for (var group : list(FOLDER.resolve("alerts.yml"), "groups")) {
      for (var rule : maps(group.get("rules"))) {
        alerts.add(of(rule));
      }
    }
    return alerts;
  }

  @SuppressWarnings("unchecked")
  private static Alert of(Map<String, Object> rule) {
    var labels = (Map<String, String>) rule.getOrDefault("labels", Map.of());
    return new Alert(
        String.valueOf(rule.get("alert")),
        String.valueOf(rule.get("expr")),
        labels.getOrDefault("severity", ""),
        (Map<String, String>) rule.getOrDefault("annotations", Map.of()));
  }

  /** The maps that a YAML file has in a list of this name. */
  static List<Map<String, Object>> list(Path file, String name) throws IOException {
    Map<String, Object> content = new Yaml().load(Files.readString(file));
    return maps(content.get(name));
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> maps(@Nullable Object list) {
    return (List<Map<String, Object>>) Objects.requireNonNull(list);
  }

  String annotation(String key) {
    return annotations.getOrDefault(key, "");
  }
}
