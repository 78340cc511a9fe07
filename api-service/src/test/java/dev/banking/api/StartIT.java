package dev.banking.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.banking.api.tracing.TracingProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContext;

/** How the API starts when not all is well. */
@ExtendWith(OutputCaptureExtension.class)
class StartIT {

  private static ServletWebServerApplicationContext start(Map<String, String> different) {
    var environment = RealBackends.Addresses.environment();
    environment.putAll(different);
    var arguments = new ArrayList<String>(List.of("--server.port=0"));
    environment.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    return (ServletWebServerApplicationContext)
        new SpringApplicationBuilder(ApiService.class).run(arguments.toArray(String[]::new));
  }

  @Test
  void aShareOfTracesThatIsSetAndEmptyIsTheUsualOne() {
    try (var context = start(Map.of("OTEL_TRACES_SAMPLER_ARG", ""))) {
      assertThat(context.getBean(TracingProperties.class).ratio()).isNull();
    }
  }

  @Test
  void servesWithoutRedisAndWithoutABroker() {
    var nowhere = Map.of("REDIS_PORT", "1", "RABBITMQ_URL", "amqp://user:password@127.0.0.1:1");
    try (var context = start(nowhere)) {
      var api = new Api(Objects.requireNonNull(context.getWebServer()).getPort());
      var id = api.createUser("10");
      assertThat(api.put(id, "-1").sequence()).isEqualTo(2);
      assertThat(api.get("/api/users/" + id).sequence()).isEqualTo(2);
    }
  }

  @Test
  void doesNotListenForOthersWithoutAuthentication() {
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> start(Map.of("SERVER_ADDRESS", "0.0.0.0")).close())
        .withStackTraceContaining("AUTH_ALLOW_ANONYMOUS=true");
  }

  @Test
  void listensForOthersWhenItWasTold() {
    var told = Map.of("SERVER_ADDRESS", "0.0.0.0", "AUTH_ALLOW_ANONYMOUS", "true");
    try (var context = start(told)) {
      var api = new Api(Objects.requireNonNull(context.getWebServer()).getPort());
      assertThat(api.get("/api/health").status()).isEqualTo(200);
      assertThat(exposed(context)).isEqualTo(1);
    }
  }

  @Test
  void answersToNoForeignHostWithoutAuthentication() {
    var told = Map.of("AUTH_ALLOWED_HOSTS", "API-service,other.example");
    try (var context = start(told)) {
      var raw = new RawHttp(Objects.requireNonNull(context.getWebServer()).getPort());
      for (var host :
          List.of(
              "localhost",
              "LOCALHOST:3000",
              "127.0.0.1:1",
              "127.1.2.3",
              "[::1]:80",
              "api-service:3000",
              "Other.Example")) {
        assertThat(raw.status("GET /api/health", "Host: " + host)).as(host).isEqualTo(200);
      }
      for (var host :
          List.of(
              "evil.example",
              "localhost.evil.example",
              "127.0.0.1.nip.io",
              "10.0.0.1",
              "api-service.evil",
              "[::2]",
              "128.0.0.1")) {
        var answer = raw.answer("GET /api/health", "Host: " + host);
        assertThat(answer).as(host).startsWith("HTTP/1.1 403").contains("\"type\":\"forbidden\"");
      }
      assertThat(context.getBean(MeterRegistry.class).get("banking.auth.anonymous").gauge().value())
          .isEqualTo(1);
      assertThat(exposed(context)).isZero();
    }
  }

  private static double exposed(ApplicationContext context) {
    return context.getBean(MeterRegistry.class).get("banking.auth.exposed").gauge().value();
  }

  @ParameterizedTest
  @CsvSource({
    "oauth, AUTH_MODE must be none or jwt",
    "NONE, AUTH_MODE must be none or jwt",
    "'', AUTH_MODE must be none or jwt",
    "jwt, 'AUTH_MODE=jwt needs JWT_PUBLIC_KEY_FILE, JWT_JWK_SET_URI or JWT_ISSUER_URI'"
  })
  void doesNotGuessHowItIsGuarded(String mode, String message) {
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> start(Map.of("AUTH_MODE", mode)).close())
        .withStackTraceContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "DEMO_USER, maybe, it must be true or false",
    "IDEMPOTENCY_RETENTION, 0s, it must be longer than or equal to 1 minute",
    "IDEMPOTENCY_RETENTION, -7d, it must be longer than or equal to 1 minute",
    "IDEMPOTENCY_RETENTION, soon, it must be a time such as",
    "REDIS_TTL, 0, it ",
    "MANAGEMENT_SERVER_PORT, api, it ",
    "OTEL_TRACES_SAMPLER_ARG, 2, it must be less than or equal to 1",
    "DB_REPLICA_PORT, 70000, it must be less than or equal to 65535",
    "RATE_LIMIT_CAPACITY, 0, it must be greater than 0"
  })
  void namesTheVariableThatIsWrong(
      String name, String value, String problem, CapturedOutput output) {
    assertThat(whyItDoesNotStart(Map.of(name, value), output))
        .contains(name + "=" + value + " is refused: " + problem, ".env.example");
  }

  /** What the person sees who started it. */
  private static String whyItDoesNotStart(Map<String, String> different, CapturedOutput output) {
    assertThatExceptionOfType(Exception.class).isThrownBy(() -> start(different).close());
    return output.getOut();
  }

  @Test
  void refusesATimeToLiveThatIsNone() {
    for (var none : List.of("0", "-5")) {
      assertThatExceptionOfType(Exception.class)
          .isThrownBy(() -> start(Map.of("REDIS_TTL", none)).close())
          .withStackTraceContaining("banking.cache");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rabbitmq", "localhost:5672", "amqp://a:b@", "amqp://a:b@c:99999", ""})
  void refusesABrokerAddressThatIsNone(String url, CapturedOutput output) {
    assertThat(whyItDoesNotStart(Map.of("RABBITMQ_URL", url), output))
        .contains("RABBITMQ_URL is not amqp://user:password@host:port", ".env.example");
  }

  @Test
  void keepsThePasswordOfAWrongAddressToItself() {
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(() -> start(Map.of("RABBITMQ_URL", "http://user:secret@x")).close())
        .withStackTraceContaining("RABBITMQ_URL is not amqp://")
        .satisfies(e -> assertThat(e).hasStackTraceContaining("RABBITMQ_URL"))
        .satisfies(e -> assertThat(Throwables.getStackTrace(e)).doesNotContain("secret"));
  }
}
