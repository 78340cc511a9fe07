package dev.banking.notification;

import static dev.banking.notification.TestWorker.event;
import static dev.banking.notification.TestWorker.eventually;
import static dev.banking.notification.TestWorker.newUser;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.Environment;

class WebIT {

  private static final TestWorker WORKER = new TestWorker();

  private static int port;
  private static int managementPort;

  @BeforeAll
  static void start() {
    var environment = WORKER.start(Map.of()).getBean(Environment.class);
    port = port(environment, "local.server.port");
    managementPort = port(environment, "local.management.port");
  }

  private static int port(Environment environment, String name) {
    return Objects.requireNonNull(environment.getProperty(name, Integer.class));
  }

  @AfterAll
  static void stop() {
    WORKER.close();
  }

  @Test
  void saysThatItLives() throws IOException {
    assertThat(get(port, "/api/health"))
        .startsWith("HTTP/1.1 200")
        .containsPattern("\\{\"status\":\"ok\",\"timestamp\":\"[0-9T:.-]+Z\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /none HTTP/1.1         | 404 | not_found
          POST /api/health HTTP/1.1  | 405 | method_not_allowed
          GET /api/%zz HTTP/1.1      | 400 | invalid_request
          GET /api/health HTTP/9.9   | 505 | internal_error
          GET /api/health HTTP/1.1~Host: a b | 400 | invalid_request
          nonsense                   | 400 | invalid_request
          """)
  void answersEveryErrorInJson(String requestLine, int status, String type) throws IOException {
    assertThat(send(port, requestLine.replace("~", "\r\n") + "\r\nAccept: text/html\r\n"))
        .startsWith("HTTP/1.1 " + status)
        .contains("application/json")
        .contains("{\"success\":false,\"error\":{")
        .contains("\"code\":" + status + ",\"type\":\"" + type + "\"")
        .containsPattern("\"outcome\":\"not_applied\",\"requestId\":\"[0-9a-f-]{36}\"}}$")
        .doesNotContain("<html", "Exception");
  }

  @Test
  void takesOverARequestIdAndSendsProblemsOnRequest() throws IOException {
    var ours = "GET /none HTTP/1.1\r\nX-Request-Id: mine-1\r\n";
    assertThat(send(port, ours))
        .contains("X-Request-Id: mine-1", "\"requestId\":\"mine-1\"}}", "X-Content-Type-Options");
    assertThat(send(port, ours + "Accept: application/problem+json\r\n"))
        .contains("Content-Type: application/problem+json")
        .endsWith(
            """
            {"title":"Resource not found","status":404,"detail":"Resource not found","code":404,\
            "type":"urn:banking:error:not_found","outcome":"not_applied","requestId":"mine-1"}\
            """);
    assertThat(send(port, "GET /none HTTP/1.1\r\nX-Request-Id: a b\r\n"))
        .containsPattern("\"requestId\":\"[0-9a-f-]{36}\"}}$");
  }

  @Test
  void isReadyByStateAndDatabaseAlone() throws IOException {
    assertThat(get(managementPort, "/actuator/health/readiness"))
        .startsWith("HTTP/1.1 200")
        .contains("\"readinessState\"", "\"db\"")
        .doesNotContain("rabbit");
  }

  @Test
  void exposesNoOtherEndpoint() throws IOException {
    assertThat(get(managementPort, "/actuator/env")).startsWith("HTTP/1.1 404");
    assertThat(get(port, "/actuator/health")).startsWith("HTTP/1.1 404");
  }

  @Test
  void namesWhatItDependsOn() throws IOException {
    assertThat(get(managementPort, "/actuator/health/dependencies"))
        .startsWith("HTTP/1.1 200")
        .contains("\"db\":{\"status\":\"UP\"}", "\"rabbit\":{\"status\":\"UP\"}");
  }

  @Test
  void countsWithoutNamingUsers() throws IOException {
    var user = newUser();
    WORKER.publish(event(user, 1));
    eventually().until(() -> WORKER.rows(user) == 1);

    eventually()
        .untilAsserted(() ->
            assertThat(get(managementPort, "/actuator/prometheus"))
                .contains(
                    "notification_processed_total",
                    "notification_duplicates_total",
                    "notification_parked_total",
                    "notification_delivery_attempts_total{channel=\"log\",outcome=\"sent\"",
                    "notification_lag_seconds_bucket",
                    "notification_batch_size_max",
                    "notification_queue_messages 0.0",
                    "notification_queue_parked 0.0",
                    "resilience4j_circuitbreaker_state{name=\"log\",state=\"closed\"} 1.0",
                    "notification_pending")
                .doesNotContain(Long.toString(user)));
  }

  private static String get(int port, String path) throws IOException {
    return send(port, "GET " + path + " HTTP/1.1\r\n");
  }

  private static String send(int port, String lines) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write((lines + "Host: localhost\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
