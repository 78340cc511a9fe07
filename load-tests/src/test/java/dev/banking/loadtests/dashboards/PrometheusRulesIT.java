package dev.banking.loadtests.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus itself thinks of its configuration, and of the alerts in their tests. */
class PrometheusRulesIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check config prometheus.yml",
        "check rules alerts.yml",
        "test rules alerts.test.yml"
      })
  void promtoolIsContent(String words) throws Exception {
    var output = Files.createTempFile("promtool-", ".txt");
    var process =
        new ProcessBuilder((PrometheusPackage.program("promtool") + " " + words).split(" ", -1))
            .directory(Alert.FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      var said = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(process.exitValue()).withFailMessage(said).isZero();
      assertThat(said).contains("SUCCESS");
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
