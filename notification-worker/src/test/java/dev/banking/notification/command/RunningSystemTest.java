package dev.banking.notification.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningSystemTest {

  @TempDir private Path project = Path.of("");

  @Test
  void prefersTheEnvironmentThenTheLocalRunThenCompose() throws IOException {
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(() -> RunningSystem.find(Map.of(), project))
        .withMessageContaining("make run");

    Files.writeString(
        project.resolve(".env"), "# a comment\nDB_PASSWORD='p w'\nRABBITMQ_USER=u\nOTHER\n");
    assertThat(RunningSystem.find(Map.of(), project))
        .isEqualTo(
            new RunningSystem(
                ".env",
                "amqp://u:password@localhost:15673",
                "jdbc:postgresql://localhost:15432/banking",
                "banking",
                "p w"));

    Files.createDirectory(project.resolve(".local"));
    Files.writeString(
        project.resolve(".local/stack.env"), "DB_PORT=7\nDB_PORT=8\nRABBITMQ_URL=amqp://a:b@c:9\n");
    assertThat(RunningSystem.find(Map.of(), project))
        .isEqualTo(
            new RunningSystem(
                ".local/stack.env",
                "amqp://a:b@c:9",
                "jdbc:postgresql://localhost:8/banking",
                "banking",
                ""));

    assertThat(
            RunningSystem.find(
                Map.of("DB_HOST", "h", "DB_NAME", "n", "DB_USER", "u", "DB_PASSWORD", "p"),
                project))
        .isEqualTo(
            new RunningSystem(
                "the environment",
                "amqp://user:password@localhost:5672",
                "jdbc:postgresql://h:5432/n",
                "u",
                "p"));
  }

  @Test
  void neverShowsAPassword() {
    var system =
        new RunningSystem("s", "amqp://u:sec@ret@h:1,amqp://u:secret@i:2", "jdbc:x", "u", "secret");
    assertThat(system).hasToString("amqp://h:1,amqp://i:2 and jdbc:x, from s");
  }
}
