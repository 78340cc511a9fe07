package dev.banking.api.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.api.ApiService;
import dev.banking.api.RealBackends;
import dev.banking.api.security.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is rehearsed is the way of a request that is let in, and nothing of it stays. */
class WarmUpIT {

  private static final String USER = "/api/users/{userId}";
  private static final String BALANCE = USER + "/balance";

  /** More than one round of the clients: they go on after an answer that ends a connection. */
  private static final long MANY = 16;

  private static ConfigurableApplicationContext start(Map<String, String> different) {
    var environment = RealBackends.Addresses.environment();
    environment.put("WARM_UP_DURATION", "4s");
    environment.putAll(different);
    var arguments = new ArrayList<String>(List.of("--server.port=0"));
    environment.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    return new SpringApplicationBuilder(ApiService.class).run(arguments.toArray(String[]::new));
  }

  @Test
  void rehearsesWithoutAuthentication() {
    try (var context = start(Map.of())) {
      assertRehearsed(context);
    }
  }

  @Test
  void rehearsesAsOneWhoIsLetInWhereTokensAreAskedFor() {
    var key = Tokens.rsa(2048).publicKeyFile().toString();
    try (var context = start(Map.of("AUTH_MODE", "jwt", "JWT_PUBLIC_KEY_FILE", key))) {
      assertRehearsed(context);
      assertThat(context.getBean(MeterRegistry.class).find("banking.rate.limited").counters())
          .allSatisfy(limited -> assertThat(limited.count()).isZero());
    }
  }

  private static void assertRehearsed(ConfigurableApplicationContext context) {
    var metrics = context.getBean(MeterRegistry.class);
    assertThat(answers(metrics, BALANCE, "404")).as("went through a lane").isGreaterThan(MANY);
    assertThat(answers(metrics, BALANCE, "400")).as("amount was refused").isPositive();
    assertThat(answers(metrics, USER, "404")).as("was looked for").isGreaterThan(MANY);
    assertThat(metrics.find("http.server.requests").tag("status", "401").timers()).isEmpty();
    var jdbc = context.getBean(JdbcClient.class);
    for (var table : List.of("account", "ledger_entry", "outbox")) {
      var rows =
          jdbc.sql("SELECT count(*) FROM banking." + table + " WHERE user_id > 9e18::bigint");
      assertThat(rows.query(Long.class).single()).as(table).isZero();
    }
  }

  private static long answers(MeterRegistry metrics, String uri, String status) {
    return metrics.find("http.server.requests").tags("uri", uri, "status", status).timers().stream()
        .mapToLong(Timer::count)
        .sum();
  }
}
