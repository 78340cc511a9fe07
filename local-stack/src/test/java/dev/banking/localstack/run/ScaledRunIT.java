package dev.banking.localstack.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.localstack.Leftovers;
import dev.banking.localstack.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Several instances of the API behind HAProxy. */
@EnabledIf("dev.banking.localstack.SharedBackends#areNative")
class ScaledRunIT {

  private static final int USERS = 40;

  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private ProjectFolder project;

  @BeforeEach
  void makeProject() throws IOException {
    project = new ProjectFolder(folder);
    project.scale(2);
  }

  @AfterEach
  void endWhatATestLeft() {
    project.killAll();
  }

  @Test
  void sendsEachUserToOneInstanceAndSurvivesTheEndOfAnother() throws Exception {
    var run = project.run("run");
    run.awaitLine("Stop: Ctrl-C");
    assertThat(run.output())
        .contains(
            "api-1        ready after", "api-2        ready after", "balancer     ready after")
        .contains("http://localhost:" + project.port(Port.API) + ", HAProxy before 2")
        .contains("instance 2");
    assertThat(Files.readString(project.addresses()))
        .contains("BASE_URL=http://localhost:" + project.port(Port.API))
        .contains("BASE_URL_2=http://localhost:" + project.instancePort(2));

    var homes = homes();
    assertThat(homes.values()).contains(port(1), port(2));
    assertThat(homes()).isEqualTo(homes);
    homes.forEach((user, home) -> {
      assertThat(get("/api/users/" + user + "/transactions?limit=5").body()).isEqualTo(home);
      assertThat(get("/api/users/" + user + "/balance").body()).isEqualTo(home);
    });

    secondApi(run).destroyForcibly();
    run.awaitLine("api-2 ended by itself: starting it again …");
    Awaitility.await().untilAsserted(() -> assertThat(homes()).isEqualTo(homes));

    run.process().toHandle().destroy();
    assertThat(run.awaitExit()).isZero();
    assertThat(run.output())
        .containsSubsequence("Stopping api-", "Stopping audit", "Stopping balancer", "Stopped.");
    requireNothingLeft();
  }

  @Test
  void goesRoundWhenToldTo() throws Exception {
    project.set("BALANCER_ALGORITHM", "roundrobin");
    var run = project.run("run");
    run.awaitLine("Stop: Ctrl-C");
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(List.of(get("/api/users/1").body(), get("/api/users/1").body()))
                .containsExactlyInAnyOrder(port(1), port(2)));
  }

  @Test
  void refusesAnotherWayToChooseAnInstanceBeforeAnythingStarts() throws Exception {
    project.set("BALANCER_ALGORITHM", "leastconn");
    var run = project.run("run");
    assertThat(run.awaitExit()).isEqualTo(1);
    assertThat(run.output())
        .contains("BALANCER_ALGORITHM=leastconn is no way to choose an instance")
        .doesNotContain("Starting");
  }

  private static ProcessHandle secondApi(ProjectFolder.Program run) {
    return run.process()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains("api-service.jar"))
        .sorted()
        .skip(1)
        .findFirst()
        .orElseThrow();
  }

  /** By user, the instance that answers. */
  private Map<Integer, String> homes() {
    var homes = new HashMap<Integer, String>();
    for (var user = 1; user <= USERS; user++) {
      var answer = get("/api/users/" + user);
      assertThat(answer.statusCode()).isEqualTo(200);
      homes.put(user, answer.body());
    }
    return homes;
  }

  private HttpResponse<String> get(String path) {
    var address = URI.create("http://localhost:" + project.port(Port.API) + path);
    try {
      var request = HttpRequest.newBuilder(address).build();
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String port(int instance) {
    return Integer.toString(project.instancePort(instance));
  }

  private void requireNothingLeft() {
    assertThat(Leftovers.of(folder)).isEmpty();
    assertThat(Port.values()).allMatch(port -> Ports.isFree(project.port(port)));
    assertThat(Ports.isFree(project.instancePort(1))).isTrue();
    assertThat(project.addresses()).doesNotExist();
  }
}
