package dev.banking.loadtests.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An alert that nobody can act on, or that was never seen to fire, is worse than none. */
class AlertsTest {

  private static final String RUNBOOK = "docs/alerts.md";

  @Test
  void eachSaysHowUrgentItIsAndWhatHappened() throws IOException {
    assertThat(Alert.all())
        .hasSizeGreaterThan(20)
        .allSatisfy(alert -> {
          assertThat(alert.severity()).isIn("critical", "warning");
          assertThat(alert.annotation("summary")).isNotBlank();
          assertThat(alert.annotation("description")).isNotBlank();
          assertThat(alert.annotation("runbook_url"))
              .isEqualTo(RUNBOOK + "#" + alert.name().toLowerCase(Locale.ROOT));
        });
    assertThat(Alert.all()).extracting(Alert::name).doesNotHaveDuplicates();
  }

  @Test
  void eachHasASectionThatSaysWhatToDo() throws IOException {
    var runbook = Files.readString(Alert.PROJECT.resolve(RUNBOOK));
    for (var alert : Alert.all()) {
      var section = section(runbook, alert.name());
      assertThat(section).as(alert.name()).contains("**Symptom.**", "**Query.**", "**Action.**");
      assertThat(section).as(alert.name()).contains("**Tried.**");
    }
    assertThat(runbook.lines().filter(line -> line.startsWith("## ")))
        .as("no section without its alert")
        .hasSameSizeAs(Alert.all());
  }

  private static String section(String runbook, String name) {
    var heading = "\n## " + name + "\n";
    assertThat(runbook).contains(heading);
    var rest = runbook.substring(runbook.indexOf(heading) + heading.length());
    var end = rest.indexOf("\n## ");
    return end < 0 ? rest : rest.substring(0, end);
  }

  @Test
  void eachIsQuietThenFiresAndClearsInATest() throws IOException {
    for (var alert : Alert.all()) {
      var steps = steps(alert.name());
      assertThat(steps).as(alert.name()).isNotEmpty();
      assertThat(steps.stream().map(step -> !Alert.maps(step.get("exp_alerts")).isEmpty()))
          .as("%s fires at each step", alert.name())
          .containsExactly(false, true, false);
    }
  }

  private static List<Map<String, Object>> steps(String alert) throws IOException {
    var steps = new ArrayList<Map<String, Object>>();
    for (var test : Alert.list(Alert.FOLDER.resolve("alerts.test.yml"), "tests")) {
      for (var step : Alert.maps(test.get("alert_rule_test"))) {
        if (alert.equals(step.get("alertname"))) {
          steps.add(step);
        }
      }
    }
    return steps;
  }
}
