package dev.banking.loadtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningSystemTest {

  @TempDir Path project;

  @Test
  void theEnvironmentWinsWhenItNamesAnApi() throws IOException {
    Files.writeString(project.resolve(".env"), "DB_PASSWORD=other\n");

    var candidates =
        RunningSystem.candidates(
            Map.of("BASE_URL", "http://bank:81/", "DB_HOST", "db", "DB_PASSWORD", "secret"),
            project);

    assertThat(candidates.values())
        .containsExactly(
            new RunningSystem(
                URI.create("http://bank:81"),
                "",
                "jdbc:postgresql://db:5432/banking",
                "banking",
                "secret"));
  }

  @Test
  void theLocalStackComesBeforeCompose() throws IOException {
    Files.createDirectory(project.resolve(".local"));
    Files.writeString(
        project.resolve(".local/stack.env"), "BASE_URL=http://localhost:4000\nDB_PORT=15999\n");
    Files.writeString(project.resolve(".env"), "PORT=3100\nPOSTGRES_PORT=25432\n");

    assertThat(RunningSystem.candidates(Map.of(), project).values())
        .extracting(RunningSystem::toString)
        .containsExactly(
            "http://localhost:4000 with jdbc:postgresql://localhost:15999/banking",
            "http://localhost:3100 with jdbc:postgresql://localhost:25432/banking");
  }

  @Test
  void composePublishesItsUsualPortsUnlessToldOtherwise() throws IOException {
    Files.writeString(project.resolve(".env"), "# nothing\n");

    assertThat(RunningSystem.candidates(Map.of(), project).get(".env"))
        .hasToString("http://localhost:3000 with jdbc:postgresql://localhost:15432/banking");
  }

  @Test
  void saysWhatToDoWhenNothingRuns() {
    assertThatThrownBy(() -> RunningSystem.find(Map.of(), project))
        .isInstanceOf(LoadTestException.class)
        .hasMessageContaining("make run or make run-docker");
  }

  @Test
  void neverPrintsPasswordAndToken() {
    var system = RunningSystem.named(Map.of("DB_PASSWORD", "secret")).withToken("token");

    assertThat(system.databasePassword()).isEqualTo("secret");
    assertThat(system.toString()).doesNotContain("secret", "token");
  }
}
