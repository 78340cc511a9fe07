package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpIT {

  private static final Worker WORKER = Worker.start(new TestDatabase());

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterAll
  static void stop() {
    WORKER.close();
  }

  @Test
  void saysThatItIsAlive() throws Exception {
    var answer = send("GET", WORKER.port(), "/api/health");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .matches(
            "\\{\"status\":\"ok\",\"timestamp\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d"
                + "(\\.\\d{3})?Z\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/audit/nothing, 404, not_found",
    "GET, /api/audit/entries/1, 404, not_found",
    "GET, /entries/1, 404, not_found",
    "GET, /users/1, 404, not_found",
    "DELETE, /api/audit/entries, 405, method_not_allowed",
    "GET, /nothing/here, 404, not_found",
    "GET, /error, 404, not_found",
    "POST, /api/health, 405, method_not_allowed"
  })
  void answersErrorsInJson(String method, String path, int status, String type) throws Exception {
    var answer = send(method, WORKER.port(), path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.body())
        .startsWith("{\"success\":false,\"error\":{")
        .contains("\"code\":" + status, "\"type\":\"" + type + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /% HTTP/1.1", "GET /[ HTTP/1.1", "nonsense", "GET / HTTP/9.9"})
  void answersWhatNoControllerSeesInJson(String requestLine) throws Exception {
    assertThat(raw(requestLine + "\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .contains("application/json", "{\"success\":false,\"error\":{", "X-Request-Id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/audit/nothing HTTP/1.1",
        "GET /nothing HTTP/1.1",
        "GET /% HTTP/1.1",
        "POST /api/health HTTP/1.1"
      })
  void takesOverARequestIdAndSendsProblemsOnRequest(String requestLine) throws Exception {
    var rest = "\r\nHost: localhost\r\nX-Request-Id: mine-1\r\nConnection: close\r\n";
    assertThat(raw(requestLine + rest + "\r\n"))
        .contains("X-Request-Id: mine-1", "\"outcome\":\"not_applied\",\"requestId\":\"mine-1\"}}");
    assertThat(raw(requestLine + rest + "Accept: application/problem+json\r\n\r\n"))
        .contains("Content-Type: application/problem+json")
        .contains("{\"title\":", "\"type\":\"urn:banking:error:", "\"requestId\":\"mine-1\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/health/liveness",
        "/actuator/health/readiness",
        "/actuator/health/dependencies"
      })
  void answersProbes(String path) throws Exception {
    assertThat(send("GET", WORKER.managementPort(), path).body()).contains("\"status\":\"UP\"");
  }

  @Test
  void showsItsFiguresAndNothingElse() throws Exception {
    assertThat(send("GET", WORKER.managementPort(), "/actuator/prometheus").body())
        .contains(
            "audit_appended_total",
            "audit_duplicates_total",
            "audit_parked_total",
            "audit_lag_seconds_max",
            "audit_batch_size_max",
            "audit_checkpoint_position",
            "audit_verify_last_run_seconds",
            "audit_queue_parked",
            "audit_lag_seconds_bucket",
            "audit_exposed 0",
            "audit_anonymous 1")
        .doesNotContain("user_id");
    assertThat(send("GET", WORKER.managementPort(), "/actuator/env").statusCode()).isEqualTo(404);
    assertThat(send("GET", WORKER.port(), "/actuator/health").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> send(String method, int port, String path) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + port + path);
    var request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), WORKER.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
