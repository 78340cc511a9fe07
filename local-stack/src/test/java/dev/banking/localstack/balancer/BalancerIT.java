package dev.banking.localstack.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.banking.localstack.DebianPackage;
import dev.banking.localstack.LocalProcess;
import dev.banking.localstack.Ports;
import dev.banking.localstack.balancer.BalancedServer.Manner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The real HAProxy with our configuration, between clients and instances that misbehave. */
class BalancerIT {

  private static final Path CONFIGURATION = Path.of("deploy/haproxy");
  private static final int USERS = 60;

  private final int port = Ports.free();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private BalancedServer one;
  private BalancedServer two;
  private LocalProcess process;
  private Path project;
  private Path socket;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    FileSystemUtils.copyRecursively(
        Path.of("..").resolve(CONFIGURATION), folder.resolve(CONFIGURATION));
    project = folder;
    socket = folder.resolve(".local/haproxy/admin.sock");
    Balancer.prepare(System.err::println);
    one = new BalancedServer(1);
    two = new BalancedServer(2);
    start(Routing.BY_USER);
  }

  private void start(Routing routing) {
    var instances = List.of(one.instance(), two.instance());
    process = new Balancer(project, port, instances, routing).start((_, _) -> {});
    Awaitility.await().ignoreExceptions().until(() -> get("/-/balancer").statusCode() == 200);
  }

  @AfterEach
  void stop() throws IOException {
    process.stop();
    one.close();
    two.close();
  }

  @Test
  void aUserHasOneInstanceWhateverIsAsked() throws Exception {
    var homes = homes();
    assertThat(homes.values()).contains("1", "2");
    for (var user : homes.keySet()) {
      assertThat(get("/api/users/" + user + "/transactions?limit=9").body())
          .isEqualTo(homes.get(user));
      assertThat(put(user).body()).isEqualTo(homes.get(user));
    }
  }

  @Test
  void aUserMeetsEveryInstanceWhenTheBalancerIsToldToGoRound() throws Exception {
    process.stop();
    start(Routing.IN_TURN);
    Awaitility.await().untilAsserted(() -> assertThat(homes().values()).contains("1", "2"));
    assertThat(List.of(put(7).body(), put(7).body())).containsExactlyInAnyOrder("1", "2");

    one.from(Manner.HANGS_UP);
    two.from(Manner.HANGS_UP);
    var before = one.received().size() + two.received().size();
    assertThat(putInOnePiece()).contains("\"type\":\"outcome_unknown\"");
    assertThat(one.received().size() + two.received().size()).isEqualTo(before + 1);
  }

  @Test
  void nothingIsSentTwiceAndALostAnswerIsUnknown() throws Exception {
    one.from(Manner.HANGS_UP);
    two.from(Manner.HANGS_UP);
    // On a connection that had an answer before, it is closed, as a server does that is killed.
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> put(1));
    assertThat(one.received().size() + two.received().size()).isEqualTo(1);

    assertThat(putInOnePiece())
        .startsWith("HTTP/1.1 503")
        .contains(
            "x-request-id: named-1",
            "\"success\":false",
            "\"code\":503",
            "\"type\":\"outcome_unknown\"",
            "\"outcome\":\"unknown\"",
            "\"requestId\":\"named-1\"");
    assertThat(one.received().size() + two.received().size()).isEqualTo(2);
  }

  /** Head and body together: what HAProxy has as a whole, it could send again. */
  private String putInOnePiece() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var request =
          """
          PUT /api/users/1/balance HTTP/1.1\r
          Host: localhost\r
          X-Request-Id: named-1\r
          Connection: close\r
          Content-Length: 13\r
          \r
          {"amount":-2}\
          """;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void anInstanceThatIsNotReadyGetsNothingNewAndItsUsersAnotherOne() throws Exception {
    var homes = homes();
    two.readiness(503);
    Awaitility.await().untilAsserted(() -> assertThat(homes().values()).containsOnly("1"));
    var before = two.received().size();
    assertThat(homes().values()).containsOnly("1");
    assertThat(two.received()).hasSize(before);

    two.readiness(200);
    Awaitility.await().untilAsserted(() -> assertThat(homes()).isEqualTo(homes));
  }

  @Test
  void theFirstRefusedConnectionIsTheLast() throws Exception {
    var user = homes().entrySet().stream().filter(home -> home.getValue().equals("2")).findFirst();
    two.close();
    var path = "/api/users/" + user.orElseThrow().getKey();
    Awaitility.await().untilAsserted(() -> assertThat(get(path).body()).isEqualTo("1"));
    one.close();
    Awaitility.await()
        .untilAsserted(() -> {
          var answer = get(path);
          assertThat(answer.statusCode()).isEqualTo(503);
          assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
          assertThat(answer.headers().firstValue("Retry-After")).contains("1");
          assertThat(answer.body())
              .contains("\"type\":\"unavailable\"", "\"outcome\":\"not_applied\"", "\"named-1\"");
        });
    Awaitility.await().until(() -> get("/-/balancer").statusCode() == 503);
  }

  @Test
  void anInstanceCanBeTakenOutByHandBeforeItIsStopped() throws Exception {
    new DebianPackage("socat", "socat", BalancerIT::socat, "brew install socat")
        .program(System.err::println);
    var homes = homes();
    assertThat(drain("api2").waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(homes().values()).containsOnly("1");
    assertThat(drain("api2", "back").waitFor(30, TimeUnit.SECONDS)).isTrue();
    Awaitility.await().untilAsserted(() -> assertThat(homes()).isEqualTo(homes));
    assertThat(drain("api9").waitFor()).isEqualTo(2);
  }

  private static Optional<Path> socat() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(folder -> Path.of(folder, "socat"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Process drain(String... words) throws IOException {
    var line = new ArrayList<>(List.of("../deploy/haproxy/drain"));
    line.addAll(List.of(words));
    var builder = new ProcessBuilder(line).inheritIO();
    builder.environment().put("BALANCER_SOCKET", socket.toString());
    return builder.start();
  }

  /** By user, the number of the instance that answers. */
  private Map<Integer, String> homes() throws Exception {
    var homes = new HashMap<Integer, String>();
    for (var user = 1; user <= USERS; user++) {
      homes.put(user, get("/api/users/" + user).body());
    }
    return homes;
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(to(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> put(int user) throws Exception {
    var request =
        to("/api/users/" + user + "/balance")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"amount\":-2}"))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("X-Request-Id", "named-1");
  }
}
