package dev.banking.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.localstack.Backends;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** Which part is away is told apart from whether the API can serve. */
@RealBackends
class HealthIT {

  private static final Duration LONG = Duration.ofSeconds(40);

  @LocalManagementPort private int port;

  @AfterEach
  void bringBack() {
    Backends.shared().redis().start();
    Backends.shared().rabbitMq().start();
  }

  private Api.Answer health(String group) {
    return new Api(port).get("/actuator/health" + group);
  }

  private String component(String name) {
    return health("/dependencies").body().at("/components/" + name + "/status").asString("");
  }

  private void awaitAllUp() {
    await().atMost(LONG).until(() -> health("/dependencies").status() == 200);
    assertThat(component("db") + component("redis") + component("rabbit")).isEqualTo("UPUPUP");
  }

  @Test
  void servesWithoutRedisAndSaysThatItIsAway() {
    awaitAllUp();
    Backends.shared().redis().kill();
    await().atMost(LONG).until(() -> component("redis").equals("AWAY"));
    assertThat(health("/dependencies").status()).isEqualTo(503);
    assertServing();
    Backends.shared().redis().start();
    awaitAllUp();
  }

  @Test
  void servesWithoutTheBrokerAndSaysThatItIsAway() {
    awaitAllUp();
    Backends.shared().rabbitMq().kill();
    await().atMost(LONG).until(() -> component("rabbit").equals("AWAY"));
    assertThat(health("/dependencies").status()).isEqualTo(503);
    assertServing();
    Backends.shared().rabbitMq().start();
    awaitAllUp();
  }

  private void assertServing() {
    assertThat(health("").status()).isEqualTo(200);
    assertThat(health("/readiness").status()).isEqualTo(200);
    assertThat(health("/liveness").status()).isEqualTo(200);
  }
}
