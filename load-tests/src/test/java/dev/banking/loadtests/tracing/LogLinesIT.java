package dev.banking.loadtests.tracing;

import static dev.banking.loadtests.tracing.LogLines.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.client.HttpConnection;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What the real applications print with {@code LOG_FORMAT=json}, and without a collector. */
@TestInstance(Lifecycle.PER_CLASS)
class LogLinesIT {

  private static final Path FILE = Path.of("target", "log-lines.log");
  private static final int OTLP_PORT = 4318;
  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  private static final String TRACEPARENT = "00-" + TRACE_ID + "-b7ad6b7169203331-01";

  private final LogLines lines = new LogLines(FILE);
  private @Nullable ServerSocket otlp;
  private Bank bank;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    otlp = listen();
    bank = Bank.start(Path.of(".."), FILE, Map.of("LOG_FORMAT", "json"));
    bank.secondApi()
        .launch(Map.of("AUTH_MODE", "jwt", "JWT_PUBLIC_KEY_FILE", publicKey(folder).toString()));
    bank.secondApi().awaitReady();
  }

  @AfterAll
  void stop() throws IOException {
    if (bank != null) {
      bank.close();
    }
    if (otlp != null) {
      otlp.close();
    }
  }

  /** Where an exporter would look for its collector by default; null: somebody else is there. */
  private static @Nullable ServerSocket listen() throws IOException {
    try {
      return new ServerSocket(OTLP_PORT, 0, InetAddress.getLoopbackAddress());
    } catch (BindException _) {
      return null;
    }
  }

  private static Path publicKey(Path folder) throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var key =
        Base64.getMimeEncoder()
            .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
    return Files.writeString(
        folder.resolve("public.pem"),
        "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
  }

  private static int put(int port, Map<String, String> headers, String body) throws IOException {
    try (var connection = HttpConnection.open(port)) {
      return connection.send("PUT", "/api/users/1/balance", headers, body).status();
    }
  }

  @Test
  void aLineNamesItsRequestAndItsTrace() throws Exception {
    var headers = Map.of("traceparent", TRACEPARENT, "X-Request-Id", "log-line");
    assertThat(put(bank.api().port(), headers, "{\"amount\": 98765.43}")).isEqualTo(200);
    await()
        .untilAsserted(() -> {
          var told = lines.about("notification", "log-line");
          assertThat(text(told, "/message")).startsWith("Told user 1 of change ");
          assertThat(text(told, "/trace/id")).isEqualTo(TRACE_ID);
        });
    assertThat(String.join("\n", Files.readAllLines(FILE))).doesNotContain("98765");
  }

  @Test
  void noRequestCanForgeALine() throws Exception {
    for (var id :
        List.of(
            "a\"},{\"forged\":\"yes",
            "a\\\",\"forged\":\"yes",
            "a%0d%0a{\"forged\":\"yes\"}",
            "a\r{\"forged\":\"yes\"}",
            "a\n {\"forged\":\"yes\"}",
            "a\r\nforged: yes",
            "a\u2028forged")) {
      for (var port : List.of(bank.api().port(), bank.secondApi().port())) {
        var headers = Map.of("X-Request-Id", id, "Authorization", "Bearer " + id);
        assertThat(put(port, headers, "{\"amount\": 1}")).isIn(200, 400, 401);
      }
    }
    assertThat(lines.parsed("api"))
        .isNotEmpty()
        .allSatisfy(line -> {
          assertThat(line.propertyNames()).doesNotContain("forged");
          assertThat(text(line, "/http/request/id")).matches("|[A-Za-z0-9._:-]{1,128}");
        });
  }

  @Test
  void aRefusedTokenIsLoggedWithItsRequestAndWithoutItself() throws Exception {
    var token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzZWNyZXQtc3ViamVjdCJ9.c2VjcmV0LXNpZ25hdHVyZQ";
    var headers = Map.of("X-Request-Id", "refused-one", "Authorization", "Bearer " + token);
    assertThat(put(bank.secondApi().port(), headers, "{\"amount\": 1}")).isEqualTo(401);

    var line = lines.about("api-2", "refused-one");
    assertThat(text(line, "/message")).startsWith("refused-one: the token is refused: ");
    assertThat(text(line, "/log/level")).isEqualTo("INFO");
    assertThat(String.join("\n", Files.readAllLines(FILE)))
        .doesNotContain("eyJ")
        .doesNotContain("secret-subject")
        .doesNotContain("c2VjcmV0");
  }

  @Test
  void everyLineIsOfTheElasticCommonSchema() throws Exception {
    for (var application :
        Map.of("api", "api-service", "notification", "notification-worker", "audit", "audit-worker")
            .entrySet()) {
      assertThat(lines.parsed(application.getKey()))
          .as(application.getKey())
          .isNotEmpty()
          .allSatisfy(line -> {
            assertThat(text(line, "/@timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
            assertThat(text(line, "/log/level")).matches("DEBUG|INFO|WARN|ERROR");
            assertThat(text(line, "/log/logger")).isNotEmpty();
            assertThat(text(line, "/service/name")).isEqualTo(application.getValue());
            assertThat(line.at("/process/pid").isNumber()).isTrue();
            assertThat(text(line, "/message")).isNotEmpty();
            assertThat(text(line, "/ecs/version")).isNotEmpty();
          });
    }
  }

  @Test
  void withoutAnEndpointNothingIsExportedAndNothingIsSaidAboutIt() throws Exception {
    put(bank.api().port(), Map.of("traceparent", TRACEPARENT), "{\"amount\": 1}");
    if (otlp != null) {
      otlp.setSoTimeout(3_000);
      try (var caller = otlp.accept()) {
        throw new AssertionError("an application calls the collector: " + caller);
      } catch (SocketTimeoutException _) {
        // Nobody has called since the start of the applications.
      }
    }
    assertThat(String.join("\n", Files.readAllLines(FILE)))
        .doesNotContainIgnoringCase("opentelemetry")
        .doesNotContainIgnoringCase("otlp")
        .doesNotContain(String.valueOf(OTLP_PORT) + "/v1");
  }
}
