package dev.banking.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.api.Api;
import dev.banking.api.RealBackends;
import dev.banking.localstack.Backends;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Without PostgreSQL nothing moves, everybody is told so, and it ends by itself. */
@RealBackends
class DatabaseAwayIT {

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration RECOVERY = Duration.ofSeconds(10);

  @LocalServerPort private int port;

  @Test
  void refusesWithoutMovingAnythingAndRecovers() {
    var api = new Api(port);
    var id = api.createUser("100");
    var body = "{}";
    Backends.shared().postgres().kill();
    try {
      for (var i = 0; i < 5; i++) {
        check(timed(() -> api.put(id, "-1")));
        check(timed(() -> api.get("/api/users/" + id, "Cache-Control", "no-cache")));
        check(timed(() -> api.send("POST", "/api/users", body)));
        check(timed(() -> api.get("/api/users/" + id + "/transactions")));
      }
      assertThat(api.get("/api/health").status()).isEqualTo(200);
      assertThat(api.put(id, "0").errorType()).as("still told apart").isEqualTo("invalid_request");
    } finally {
      Backends.shared().postgres().start();
    }
    await().atMost(RECOVERY).until(() -> api.put(id, "-1").status() == 200);
    var entries = api.get("/api/users/" + id + "/transactions").data();
    assertThat(entries.size()).as("nothing moved meanwhile").isEqualTo(2);
  }

  private static void check(Api.Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(List.of("unavailable", "overloaded")).contains(answer.errorType());
    assertThat(answer.body().path("error").path("outcome").stringValue(""))
        .isEqualTo("not_applied");
    assertThat(answer.header("Retry-After")).isNotEmpty();
  }

  private static Api.Answer timed(Supplier<Api.Answer> call) {
    var start = System.nanoTime();
    var answer = call.get();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    return answer;
  }
}
