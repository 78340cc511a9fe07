package dev.banking.localstack.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.localstack.Leftovers;
import dev.banking.localstack.Ports;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("dev.banking.localstack.SharedBackends#areNative")
class RunIT {

  @TempDir private Path folder;

  private ProjectFolder project;

  @BeforeEach
  void makeProject() throws IOException {
    project = new ProjectFolder(folder);
  }

  @AfterEach
  void endWhatATestLeft() {
    project.killAll();
  }

  @Test
  void runsAllShowsItAndLeavesNothingBehind() throws Exception {
    var run = project.run("run");
    run.awaitLine("Stop: Ctrl-C");
    assertThat(run.output())
        .contains(
            "postgres     ready after ", "rabbitmq     ready after ", "audit        ready after ")
        .contains("curl -X PUT http://localhost:" + project.port(Port.API) + "/api/users/1/balance")
        .contains("user \"user\", password \"password\"")
        .doesNotContain(" | ");

    var addresses = Files.readString(project.addresses());
    assertThat(addresses)
        .contains("BASE_URL=http://localhost:" + project.port(Port.API))
        .contains("DB_PORT=" + project.port(Port.POSTGRES))
        .contains("RABBITMQ_URL=amqp://user:password@127.0.0.1:" + project.port(Port.RABBITMQ));
    assertThat(status(Port.RABBITMQ_MANAGEMENT, "/")).isEqualTo(200);
    assertThat(status(Port.AUDIT, "/some/page")).isEqualTo(200);
    assertThat(run.awaitLine("/some/page")).isEqualTo("audit        | asked for /some/page");

    var second = project.run();
    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.output())
        .contains("make run runs already, as process " + run.process().pid());
    var status = project.run("status");
    assertThat(status.awaitExit()).isZero();
    assertThat(status.output()).contains("all is up", addresses.strip());

    run.process().toHandle().destroy();
    assertThat(run.awaitExit()).isZero();
    assertThat(run.output()).endsWith("\nStopped.");
    requireNothingLeft();
  }

  @Test
  void recoversFromAKilledRunAndEndsWhenAnApplicationDoes() throws Exception {
    var killed = project.run("run");
    killed.awaitLine("Stop: Ctrl-C");
    killed.process().destroyForcibly();
    killed.awaitExit();

    var run = project.run("run");
    run.awaitLine("The last run was killed");
    run.awaitLine("Stop: Ctrl-C");
    run.process()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains("audit-worker.jar"))
        .forEach(ProcessHandle::destroyForcibly);
    assertThat(run.awaitExit()).isEqualTo(1);
    assertThat(run.output()).contains("audit ended by itself, with exit code 137. It said last:");
    requireNothingLeft();
  }

  @Test
  void startsABackendAgainThatEndedByItself() throws Exception {
    var run = project.run("run");
    run.awaitLine("Stop: Ctrl-C");
    run.process()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("redis-server"))
        .forEach(ProcessHandle::destroyForcibly);
    run.awaitLine("redis is back, as process ");
    assertThat(Ports.isFree(project.port(Port.REDIS))).isFalse();

    var stop = project.run("stop");
    assertThat(stop.awaitExit()).isZero();
    assertThat(run.awaitExit()).isZero();
    requireNothingLeft();
  }

  @Test
  void anApplicationThatCannotStartIsSaidWithItsLastWords() throws Exception {
    project.set("AUDIT_JAVA_OPTS", "-Xmx256m -XX:NoSuchOption");
    var run = project.run();
    assertThat(run.awaitExit()).isEqualTo(1);
    assertThat(run.output())
        .contains("audit ended while it was starting. It said last:")
        .contains("NoSuchOption");
    requireNothingLeft();
  }

  @Test
  void aTakenPortIsSaidBeforeAnythingIsStarted() throws Exception {
    try (var _ = new ServerSocket(project.port(Port.AUDIT_MANAGEMENT))) {
      var run = project.run();
      assertThat(run.awaitExit()).isEqualTo(1);
      assertThat(run.output())
          .contains("Port " + project.port(Port.AUDIT_MANAGEMENT) + " is taken by process ")
          .contains("choose another port for it with AUDIT_MANAGEMENT_PORT=…")
          .doesNotContain("Starting");
    }
  }

  @Test
  void misuseIsSaid() throws Exception {
    assertThat(Files.deleteIfExists(folder.resolve("api-service/target/api-service.jar"))).isTrue();
    var missing = project.run();
    assertThat(missing.awaitExit()).isEqualTo(1);
    assertThat(missing.output())
        .contains("api-service/target/api-service.jar is missing: make build.");

    var unknown = project.run("start");
    assertThat(unknown.awaitExit()).isEqualTo(2);
    assertThat(unknown.output()).contains("Unknown: start", "RABBITMQ_MANAGEMENT_PORT");

    var notRunning = project.run("status");
    assertThat(notRunning.awaitExit()).isEqualTo(1);
    assertThat(notRunning.output()).contains("Not running.");
  }

  private void requireNothingLeft() {
    assertThat(Leftovers.of(folder)).isEmpty();
    assertThat(Port.values()).allMatch(port -> Ports.isFree(project.port(port)));
    assertThat(project.addresses()).doesNotExist();
  }

  private int status(Port port, String path) throws Exception {
    var address = URI.create("http://localhost:" + project.port(port) + path);
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }
}
