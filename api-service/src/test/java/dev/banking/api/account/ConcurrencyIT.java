package dev.banking.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.api.Api;
import dev.banking.api.ApiService;
import dev.banking.api.RealBackends;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many at once, on one process and on two. */
@RealBackends
class ConcurrencyIT {

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  @Test
  void appliesAKeyOnceHoweverManySendIt() throws Exception {
    var api = new Api(port);
    var id = api.createUser("1000");
    var key = UUID.randomUUID().toString();
    var answers = atOnce(200, _ -> api.put(id, "-1", "Idempotency-Key", key));
    assertThat(answers).extracting(Api.Answer::status).containsOnly(200);
    assertThat(answers)
        .extracting(Api.Answer::text)
        .as("byte for byte")
        .containsOnly(answers.getFirst().text());
    assertThat(answers.stream().filter(a -> a.header("Idempotency-Replayed").isEmpty()))
        .as("one of them decided")
        .hasSize(1);
    assertThat(entries(id)).isEqualTo(2);
  }

  @Test
  void isExactWhenTwoProcessesWriteOneUser() throws Exception {
    try (var second = start()) {
      var apis = List.of(new Api(port), new Api(portOf(second)));
      var id = apis.getFirst().createUser("300");
      var answers = atOnce(400, i -> apis.get(i % 2).put(id, "-1"));
      assertThat(answers.stream().filter(a -> a.status() == 200)).hasSize(300);
      assertThat(answers.stream().filter(a -> a.errorType().equals("insufficient_funds")))
          .hasSize(100);
      assertThat(answers.stream().filter(a -> a.status() == 200).map(Api.Answer::sequence))
          .doesNotHaveDuplicates();
      assertThat(entries(id)).isEqualTo(301);
      for (var api : apis) {
        assertThat(api.get("/api/users/" + id).text()).contains("\"balance\":0,");
      }
    }
  }

  @Test
  void appliesAKeyOnceWhenTwoProcessesGetIt() throws Exception {
    try (var second = start()) {
      var apis = List.of(new Api(port), new Api(portOf(second)));
      var id = apis.getFirst().createUser("30");
      for (var round = 0; round < 20; round++) {
        // Odd rounds are refused: those have no account row to conflict on.
        var amount = round % 2 == 0 ? "-1" : "-1000";
        var key = UUID.randomUUID().toString();
        var answers = atOnce(8, i -> apis.get(i % 2).put(id, amount, "Idempotency-Key", key));
        assertThat(answers).extracting(Api.Answer::status).containsOnly(round % 2 == 0 ? 200 : 400);
        assertThat(answers.stream().filter(a -> a.header("Idempotency-Replayed").isEmpty()))
            .hasSize(1);
      }
      assertThat(entries(id)).isEqualTo(11);
    }
  }

  private static ServletWebServerApplicationContext start() {
    var arguments = new ArrayList<String>(List.of("--server.port=0", "--spring.jmx.enabled=false"));
    RealBackends.Addresses.environment()
        .forEach((name, value) -> arguments.add("--" + name + "=" + value));
    return (ServletWebServerApplicationContext)
        new SpringApplicationBuilder(ApiService.class).run(arguments.toArray(String[]::new));
  }

  private static int portOf(ServletWebServerApplicationContext context) {
    return Objects.requireNonNull(context.getWebServer()).getPort();
  }

  private long entries(long userId) {
    return jdbc.sql("SELECT count(*) FROM banking.ledger_entry WHERE user_id = ?")
        .param(userId)
        .query(Long.class)
        .single();
  }

  /** A request, by its number. */
  private interface Sender {
    Api.Answer send(int number);
  }

  private static List<Api.Answer> atOnce(int many, Sender sender)
      throws InterruptedException, ExecutionException {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Callable<Api.Answer>>();
      for (var i = 0; i < many; i++) {
        var number = i;
        calls.add(() -> sender.send(number));
      }
      var answers = new ArrayList<Api.Answer>();
      for (Future<Api.Answer> answer : clients.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
