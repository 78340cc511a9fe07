package dev.banking.loadtests.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  void eachIsQuietThenFiresAndClearsInEachOfItsTests() throws IOException {
    for (var alert : Alert.all()) {
      var tests = firing(alert.name());
      assertThat(tests).as(alert.name()).isNotEmpty();
      assertThat(tests)
          .as("%s fires at each step", alert.name())
          .allSatisfy(test -> assertThat(test).containsExactly(false, true, false));
    }
  }

  /** Of each test that speaks of the alert, whether it fires at each of the steps. */
  private static List<List<Boolean>> firing(String alert) throws IOException {
    var tests = new ArrayList<List<Boolean>>();
    for (var test : Alert.list(Alert.FOLDER.resolve("alerts.test.yml"), "tests")) {
      var steps =
          Alert.maps(test.get("alert_rule_test")).stream()
              .filter(step -> alert.equals(step.get("alertname")))
              .map(step -> !Alert.maps(step.get("exp_alerts")).isEmpty())
              .toList();
      if (!steps.isEmpty()) {
        tests.add(steps);
      }
    }
    return tests;
  }
}
