package dev.banking.api.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.api.Api;
import dev.banking.api.ApiService;
import dev.banking.api.RealBackends;
import dev.banking.api.security.Tokens;
import dev.banking.localstack.Backends;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** How many get through, counted by the clients, on two instances over one Redis. */
class BurstIT {

  private static final Tokens ISSUER = Tokens.rsa(2048);
  private static final int CAPACITY = 2_000;

  /** So slow that nothing of note comes back during a test. */
  private static final int REFILL_PER_SECOND = 1;

  private final Map<String, String> anonymousTogether = anonymous();
  private final List<ServletWebServerApplicationContext> instances = new ArrayList<>();

  private Api start(Map<String, String> different) {
    var environment = RealBackends.Addresses.environment();
    environment.put("RATE_LIMIT_CAPACITY", Integer.toString(CAPACITY));
    environment.put("RATE_LIMIT_REFILL_PER_SECOND", Integer.toString(REFILL_PER_SECOND));
    environment.put("RATE_LIMIT_ENABLED", "true");
    environment.putAll(different);
    var arguments = new ArrayList<String>(List.of("--server.port=0"));
    environment.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    var context =
        (ServletWebServerApplicationContext)
            new SpringApplicationBuilder(ApiService.class).run(arguments.toArray(String[]::new));
    instances.add(context);
    return new Api(Objects.requireNonNull(context.getWebServer()).getPort());
  }

  private static Map<String, String> withTokens() {
    return Map.of(
        "AUTH_MODE", "jwt",
        "JWT_PUBLIC_KEY_FILE", ISSUER.publicKeyFile().toString(),
        "RATE_LIMIT_FAILED_LOGIN_CAPACITY", "20",
        "RATE_LIMIT_FAILED_LOGIN_REFILL_PER_MINUTE", "10");
  }

  private static Map<String, String> anonymous() {
    return Map.of("REDIS_PREFIX", UUID.randomUUID() + ":");
  }

  @AfterEach
  void stop() {
    instances.forEach(ServletWebServerApplicationContext::close);
  }

  /** What was answered how often. */
  private static Map<Integer, Integer> fire(int requests, List<Api> apis, String... headers) {
    var statuses = new ConcurrentHashMap<Integer, Integer>();
    var next = new AtomicInteger();
    try (var clients = Executors.newFixedThreadPool(16)) {
      for (var client = 0; client < 16; client++) {
        clients.execute(() -> {
          for (var i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
            var answer = apis.get(i % apis.size()).get("/openapi.json", headers);
            statuses.merge(answer.status(), 1, Integer::sum);
          }
        });
      }
    }
    return statuses;
  }

  @Test
  void letsOneBurstThroughOnTwoInstances() {
    var apis = List.of(start(anonymousTogether), start(anonymousTogether));
    var begin = System.nanoTime();
    var statuses = fire(2 * CAPACITY, apis);
    var seconds = (System.nanoTime() - begin) / 1e9;
    LoggerFactory.getLogger(BurstIT.class)
        .info("{} asked, {} in {} s, capacity {}", 2 * CAPACITY, statuses, seconds, CAPACITY);
    assertThat(statuses.keySet()).isSubsetOf(200, 429);
    assertThat(statuses.getOrDefault(200, 0))
        .isBetween(
            (int) (CAPACITY * 0.99), (int) (CAPACITY * 1.01 + seconds * REFILL_PER_SECOND + 1));
  }

  @Test
  void tellsWhatIsLeftAndWhenToComeBack() {
    var api = start(withTokens());
    var subject = UUID.randomUUID().toString();
    var authorization = "Bearer " + ISSUER.of(subject, 1, "balance:read");
    var first = api.get("/api/users/1", "Authorization", authorization);
    assertThat(first.header("RateLimit-Policy")).isEqualTo("\"requests\";q=2000;w=2000");
    assertThat(first.header("RateLimit")).isEqualTo("\"requests\";r=1999;t=1");
    fire(CAPACITY + 50, List.of(api), "Authorization", authorization);
    // openapi.json is public: the token was not read, and the address was counted.
    assertThat(api.get("/api/users/1", "Authorization", authorization).status()).isEqualTo(200);
    var refused = api.get("/openapi.json");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.errorType()).isEqualTo("rate_limited");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.header("RateLimit")).isEqualTo("\"requests\";r=0;t=1");
    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"requests\";q=2000;w=2000");
    assertThat(api.get("/api/health").status()).as("health").isEqualTo(200);
  }

  @Test
  void countsEachPrincipalForItself() {
    var api = start(withTokens());
    for (var subject : List.of("one-" + UUID.randomUUID(), "two-" + UUID.randomUUID())) {
      var authorization = "Bearer " + ISSUER.of(subject, 1, "balance:read");
      var left =
          IntStream.range(0, 10)
              .mapToObj(_ -> api.get("/api/users/1", "Authorization", authorization))
              .map(answer -> answer.header("RateLimit").replaceAll(".*r=(\\d+).*", "$1"))
              .collect(Collectors.toSet());
      assertThat(left).hasSize(10).contains("1999", "1990");
    }
  }

  @Test
  void limitsAllTheSameWithoutRedis() {
    var apis = List.of(start(anonymousTogether), start(anonymousTogether));
    var redis = Backends.shared().redis();
    try {
      var before = fire(CAPACITY / 2, apis);
      assertThat(before.keySet()).containsExactly(200);
      redis.kill();
      var after = fire(3 * CAPACITY, apis);
      assertThat(after.keySet()).as("no 5xx").containsExactlyInAnyOrder(200, 429);
      // Each goes on from what it last saw of the shared burst: at most what was left, twice.
      assertThat(after.get(200)).isBetween(CAPACITY / 2 - 50, CAPACITY + 50);
    } finally {
      redis.start();
    }
  }

  @Test
  void limitsFailedLoginsMuchLower() {
    var api = start(withTokens());
    var statuses =
        IntStream.range(0, 30)
            .mapToObj(i -> api.get("/api/users/1", "Authorization", "Bearer guess" + i))
            .collect(Collectors.groupingBy(Api.Answer::status, Collectors.counting()));
    assertThat(statuses).containsEntry(401, 20L).containsEntry(429, 10L).hasSize(2);
    var refused = api.get("/api/users/1", "Authorization", "Bearer guess");
    assertThat(refused.errorType()).isEqualTo("rate_limited");
    assertThat(refused.header("Retry-After")).isEqualTo("6");
    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"failed-logins\";q=20;w=120");
  }

  @Test
  void whoIsLoggedInDoesNotSufferFromGuesses() {
    var api = start(withTokens());
    var authorization = "Bearer " + ISSUER.of("known", 1, "balance:read");
    assertThat(api.get("/api/users/1", "Authorization", authorization).status()).isEqualTo(200);
    for (var i = 0; i < 30; i++) {
      api.get("/api/users/1", "Authorization", "Bearer guess");
    }
    assertThat(api.get("/api/users/1", "Authorization", "Bearer guess").status()).isEqualTo(429);
    assertThat(api.get("/api/users/1").status()).as("no guess").isEqualTo(401);
    assertThat(api.get("/api/users/1", "Authorization", authorization).status()).isEqualTo(200);
  }

  @Test
  void believesAProxyOnlyWhenItWasToldTo() {
    var settings = new HashMap<>(anonymous());
    var api = start(settings);
    fire(CAPACITY + 10, List.of(api), "X-Forwarded-For", "192.0.2.1");
    assertThat(api.get("/openapi.json", "X-Forwarded-For", "192.0.2.2").status()).isEqualTo(429);
    settings.put("RATE_LIMIT_TRUSTED_PROXIES", "127.0.0.1");
    var behindProxy = start(settings);
    var other = behindProxy.get("/openapi.json", "X-Forwarded-For", "127.0.0.1, 192.0.2.2");
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void isOffWithoutTokensUnlessItWasAskedFor() {
    var api = start(Map.of("RATE_LIMIT_ENABLED", ""));
    assertThat(api.get("/openapi.json").header("RateLimit")).isEmpty();
  }
}
