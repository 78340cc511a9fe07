package dev.banking.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The promises to HTTP clients, row by row. */
@RealBackends
class ContractIT {

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @LocalServerPort private int port;
  private Api api = new Api(0);

  /** Other tests provoke what has no place in a description. */
  @BeforeAll
  static void seeOnlyOurs() {
    Api.SEEN.clear();
  }

  @BeforeEach
  void connect() {
    api = new Api(port);
  }

  @Test
  void addsASignedAmount() {
    var id = api.createUser("10000");
    var answer = api.put(id, "100.50", "X-Request-Id", "my-request");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .matches(
            """
            \\{"success":true,"data":\\{"id":%d,"balance":10100.50,"sequence":2,"updatedAt":"%s"},\
            "message":"Balance updated successfully"}\
            """
                .formatted(id, TIME));
    assertThat(answer.header("ETag")).isEqualTo("\"2\"");
    assertThat(answer.header("X-Request-Id")).isEqualTo("my-request");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void showsWhatWasAnsweredBefore() {
    var id = api.createUser("10000");
    for (var i = 0; i < 50; i++) {
      var changed = api.put(id, "-1").data();
      for (var path : List.of("/api/users/" + id)) {
        assertThat(api.get(path).data().path("balance")).isEqualTo(changed.path("balance"));
        assertThat(api.get(path, "Cache-Control", "no-cache").data().path("sequence"))
            .isEqualTo(changed.path("sequence"));
      }
    }
    assertThat(api.get("/api/users/" + id).text())
        .matches(
            """
            \\{"success":true,"data":\\{"id":%d,"balance":9950,"sequence":51,\
            "createdAt":"%s","updatedAt":"%s"}}\
            """
                .formatted(id, TIME, TIME));
  }

  @Test
  void createsAUser() {
    var answer = api.send("POST", "/api/users", "{\"initialBalance\":100.00}");
    assertThat(answer.status()).isEqualTo(201);
    var id = answer.data().path("id").longValue();
    assertThat(answer.header("Location")).isEqualTo("/api/users/" + id);
    assertThat(answer.text())
        .matches(
            """
            \\{"success":true,"data":\\{"id":%d,"balance":100,"sequence":1,"createdAt":"%s",\
            "updatedAt":"%s"},"message":"User created successfully"}\
            """
                .formatted(id, TIME, TIME));
    var empty = api.send("POST", "/api/users", "{}");
    assertThat(empty.data().path("balance").intValue()).isZero();
    assertThat(empty.sequence()).isZero();
    assertThat(api.put(empty.data().path("id").longValue(), "5").sequence()).isEqualTo(1);
  }

  @Test
  void createsAUserOnceForAKey() {
    var key = UUID.randomUUID().toString();
    var first = api.send("POST", "/api/users", "{\"initialBalance\":7}", "Idempotency-Key", key);
    var again = api.send("POST", "/api/users", "{\"initialBalance\":7.00}", "Idempotency-Key", key);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    var other = api.send("POST", "/api/users", "{\"initialBalance\":8}", "Idempotency-Key", key);
    assertThat(other.status()).isEqualTo(422);
  }

  @Test
  void pagesThroughTheLedgerNewestFirst() {
    var id = api.createUser("100");
    for (var i = 0; i < 6; i++) {
      api.put(id, "-1.25");
    }
    var path = "/api/users/" + id + "/transactions";
    assertThat(sequences(api.get(path))).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(api.get(path).body().path("page").path("next").isNull()).isTrue();
    assertThat(api.get(path).data().get(0).toString())
        .matches(
            """
            \\{"sequence":7,"amount":-1.25,"balance":92.50,"operationId":"[0-9a-f-]{36}",\
            "createdAt":"%s"}\
            """
                .formatted(TIME));

    var first = api.get(path + "?limit=3");
    assertThat(sequences(first)).containsExactly(7L, 6L, 5L);
    var second = api.get(path + "?limit=3&before=" + next(first));
    assertThat(sequences(second)).containsExactly(4L, 3L, 2L);
    var last = api.get(path + "?limit=3&before=" + next(second));
    assertThat(sequences(last)).containsExactly(1L);
    assertThat(last.body().path("page").path("next").isNull()).isTrue();
    assertThat(sequences(api.get(path + "?before=1"))).isEmpty();
    assertThat(api.get("/api/users/999999999/transactions").status()).isEqualTo(404);
  }

  private static List<Long> sequences(Api.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return StreamSupport.stream(answer.data().spliterator(), false)
        .map(entry -> entry.path("sequence").longValue())
        .toList();
  }

  private static long next(Api.Answer answer) {
    return answer.body().path("page").path("next").longValue();
  }

  @Test
  void refusesDebitsBeyondTheBalance() {
    var id = api.createUser("10");
    var answer = api.put(id, "-10.01", "X-Request-Id", "r-1");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .isEqualTo(
            """
            {"success":false,"error":{"message":"Insufficient funds","code":400,\
            "type":"insufficient_funds","outcome":"not_applied","requestId":"r-1"}}\
            """);
    assertThat(api.put(id, "-10").data().path("balance").intValue()).isZero();
    assertThat(api.put(id, "-0.01").errorType()).isEqualTo("insufficient_funds");
  }

  @Test
  void refusesBalancesBeyondTheLimit() {
    var id = api.createUser("9999999999999.99");
    assertThat(api.put(id, "0.01").errorType()).isEqualTo("balance_limit_exceeded");
    assertThat(api.put(id, "-0.01").data().path("balance").toString())
        .isEqualTo("9999999999999.98");
    assertThat(api.put(id, "\"0.01\"").status()).isEqualTo(200);
  }

  @Test
  void knowsNoOtherUsers() {
    for (var answer :
        List.of(
            api.put(Long.MAX_VALUE, "1"),
            api.get("/api/users/9223372036854775807"),
            api.get("/api/users/9223372036854775807", "Cache-Control", "no-cache"))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.errorType()).isEqualTo("user_not_found");
      assertThat(answer.body().path("error").path("message").stringValue(""))
          .isEqualTo("User not found");
    }
  }

  @Test
  void replaysTheFirstOutcomeOfAKey() {
    var id = api.createUser("10");
    var key = "k:" + UUID.randomUUID();
    var first = api.put(id, "-4", "Idempotency-Key", key);
    api.put(id, "-1");
    var again = api.put(id, "-4.00", "Idempotency-Key", key);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("ETag")).isEqualTo("\"2\"");
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(api.put(id, "-5", "Idempotency-Key", key).errorType())
        .isEqualTo("idempotency_key_reused");

    var refusedKey = "r:" + UUID.randomUUID();
    assertThat(api.put(id, "-6", "Idempotency-Key", refusedKey).status()).isEqualTo(400);
    api.put(id, "100");
    var refusedAgain = api.put(id, "-6", "Idempotency-Key", refusedKey);
    assertThat(refusedAgain.status()).isEqualTo(400);
    assertThat(refusedAgain.errorType()).isEqualTo("insufficient_funds");
    assertThat(refusedAgain.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(api.get("/api/users/" + id).data().path("balance").intValue()).isEqualTo(105);

    var other = api.createUser("10");
    assertThat(api.put(other, "-4", "Idempotency-Key", key).header("Idempotency-Replayed"))
        .as("a key belongs to one user")
        .isEmpty();
  }

  @Test
  void checksPreconditionsAfterTheKey() {
    var id = api.createUser("10");
    assertThat(api.put(id, "1", "If-Match", "\"1\"").status()).isEqualTo(200);
    var failed = api.put(id, "1", "If-Match", "\"1\"", "Idempotency-Key", "p-" + id);
    assertThat(failed.status()).isEqualTo(412);
    assertThat(failed.errorType()).isEqualTo("precondition_failed");
    assertThat(api.put(id, "1", "If-Match", "*").sequence()).isEqualTo(3);
    assertThat(api.put(id, "1", "If-Match", "\"9\", \"3\"").sequence()).isEqualTo(4);
    assertThat(api.put(id, "1", "If-Match", "W/\"4\"").status()).isEqualTo(412);
    assertThat(api.put(id, "1", "If-Match", "\"four\"").status()).isEqualTo(412);

    var applied = api.put(id, "1", "If-Match", "\"4\"", "Idempotency-Key", "p-" + id);
    assertThat(applied.sequence()).as("a failed precondition is not an outcome").isEqualTo(5);
    var again = api.put(id, "1", "If-Match", "\"4\"", "Idempotency-Key", "p-" + id);
    assertThat(again.text()).isEqualTo(applied.text());
  }

  @Test
  void tellsWhatTheTimeWasSpentOn() {
    var path = "/api/users/" + api.createUser("10");
    var id = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    var all = "queue;dur=\\d+\\.\\d, db;dur=\\d+\\.\\d, total;dur=\\d+\\.\\d";
    assertThat(api.put(id, "1").header("Server-Timing")).as("applied").matches(all);
    assertThat(api.put(id, "-100").header("Server-Timing")).as("refused").matches(all);
    assertThat(api.get(path, "Cache-Control", "no-cache").header("Server-Timing")).matches(all);
    assertThat(api.get(path + "/transactions").header("Server-Timing")).matches(all);
    assertThat(api.get(path).header("Server-Timing"))
        .as("from the cache")
        .matches("total;dur=\\d+\\.\\d");
    assertThat(api.get(path, "If-None-Match", "*").header("Server-Timing")).contains("total;dur=");
    assertThat(api.get("/api/users/0").header("Server-Timing")).matches("total;dur=\\d+\\.\\d");
  }

  @Test
  void answersNotModified() {
    var id = api.createUser("10");
    var path = "/api/users/" + id;
    assertThat(api.get(path).header("ETag")).isEqualTo("\"1\"");
    for (var tag : List.of("\"1\"", "W/\"1\"", "\"0\", \"1\"", "*")) {
      var answer = api.get(path, "If-None-Match", tag);
      assertThat(answer.status()).as(tag).isEqualTo(304);
      assertThat(answer.text()).isEmpty();
      assertThat(answer.header("ETag")).isEqualTo("\"1\"");
    }
    assertThat(api.get(path, "If-None-Match", "\"2\"").status()).isEqualTo(200);
    api.put(id, "1");
    assertThat(api.get(path, "If-None-Match", "\"1\"").status()).isEqualTo(200);
  }

  @Test
  void showsNothingOlderThanTheClientHasSeen() {
    var id = api.createUser("10");
    var path = "/api/users/" + id;
    api.put(id, "1");
    assertThat(api.get(path, "If-Min-Sequence", "2").header("Server-Timing"))
        .as("from the cache")
        .doesNotContain("db;");
    var beyond = api.get(path, "If-Min-Sequence", "3");
    assertThat(beyond.sequence()).as("what there is").isEqualTo(2);
    assertThat(beyond.header("Server-Timing")).as("past the cache").contains("db;");
    assertThat(api.get(path + "/transactions", "If-Min-Sequence", "3").status()).isEqualTo(200);
    for (var value : List.of("", "-1", "01", "2.0", "\"2\"", "x", "9223372036854775808")) {
      for (var read : List.of(path, path + "/transactions")) {
        var answer = api.get(read, "If-Min-Sequence", value);
        assertThat(answer.status()).as(value).isEqualTo(400);
        assertThat(answer.text()).contains("invalid_request", "If-Min-Sequence");
      }
    }
  }

  /** Without it the end of the connection would be the end of the reply while the API stops. */
  @Test
  void saysHowLongTheReplyIs() {
    var id = api.createUser("10");
    for (var answer : List.of(api.get("/api/users/" + id), api.put(id, "1"), api.put(id, "-99"))) {
      var length = answer.text().getBytes(StandardCharsets.UTF_8).length;
      assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(length));
    }
  }

  @Test
  void takesOverSaneRequestIdsOnly() {
    assertThat(api.get("/api/health", "X-Request-Id", "a.B_c:1-9").header("X-Request-Id"))
        .isEqualTo("a.B_c:1-9");
    for (var insane : List.of("with space", "x".repeat(129), "ümlaut", "a\tb")) {
      assertThat(api.get("/api/health", "X-Request-Id", insane).header("X-Request-Id"))
          .matches("[0-9a-f-]{36}");
    }
  }

  @Test
  void sendsProblemsOnRequest() {
    var id = api.createUser("1");
    var answer = api.put(id, "-2", "Accept", "application/problem+json", "X-Request-Id", "r-2");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text())
        .isEqualTo(
            """
            {"title":"Insufficient funds","status":400,"detail":"Insufficient funds","code":400,\
            "type":"urn:banking:error:insufficient_funds","outcome":"not_applied",\
            "requestId":"r-2"}\
            """);
    var applied = api.put(id, "2", "Accept", "application/problem+json");
    assertThat(applied.status()).as("a success is JSON all the same").isEqualTo(200);
    assertThat(
            api.put(id, "-9", "Accept", "application/json, application/problem+json;q=0.5")
                .header("Content-Type"))
        .isEqualTo("application/json");
    assertThat(api.put(id, "-9", "Accept", "*/*").header("Content-Type"))
        .isEqualTo("application/json");
  }

  @Test
  void refusesWhatItCannotAnswerBeforeAnythingMoves() {
    var id = api.createUser("10");
    assertThat(api.put(id, "-1", "Accept", "text/html").errorType()).isEqualTo("not_acceptable");
    assertThat(api.put(id, "-1", "Accept", "application/json;q=0").errorType())
        .isEqualTo("not_acceptable");
    assertThat(api.put(id, "-1", "Accept", "nonsense").status()).isEqualTo(406);
    assertThat(api.put(id, "-1", "Content-Type", "text/plain").errorType())
        .isEqualTo("unsupported_media_type");
    assertThat(api.put(id, "-1", "Content-Type", "application/json;charset=utf-16").status())
        .isEqualTo(415);
    assertThat(api.put(id, "-1", "Content-Encoding", "gzip").status()).isEqualTo(415);
    assertThat(api.put(id, "-1", "Idempotency-Key", "a b").errorType())
        .isEqualTo("invalid_request");
    assertThat(api.put(id, "-1", "If-Match", "1").errorType()).isEqualTo("invalid_request");
    assertThat(api.get("/api/users/" + id).sequence()).isEqualTo(1);
    assertThat(api.put(id, "-1", "Content-Type", "application/json; charset=UTF-8").status())
        .isEqualTo(200);
  }

  @Test
  void namesTheAllowedMethods() {
    var answer = api.send("DELETE", "/api/users/1/balance", null);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.errorType()).isEqualTo("method_not_allowed");
    assertThat(answer.header("Allow")).contains("PUT");
    assertThat(api.send("PATCH", "/api/users/1", "{}").header("Allow")).contains("GET");
    assertThat(api.send("PUT", "/api/health", "{}").status()).isEqualTo(405);
  }

  @Test
  void knowsNoOtherResources() {
    for (var path :
        List.of("/", "/api", "/api/users/1/", "/api/nothing", "/error", "/index.html")) {
      var answer = api.get(path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.errorType()).isEqualTo("not_found");
      assertThat(answer.body().path("error").path("message").stringValue(""))
          .isEqualTo("Resource not found");
    }
  }

  @Test
  void isHealthy() {
    assertThat(api.get("/api/health").text())
        .matches("\\{\"status\":\"ok\",\"timestamp\":\"%s\"}".formatted(TIME));
  }

  @Test
  void describesItself() {
    var description = api.get("/openapi.json");
    assertThat(description.status()).isEqualTo(200);
    assertThat(description.body().path("openapi").stringValue("")).startsWith("3.");
    for (var path :
        List.of(
            "/api/users",
            "/api/users/{userId}",
            "/api/users/{userId}/balance",
            "/api/users/{userId}/transactions",
            "/api/health")) {
      assertThat(description.body().path("paths").has(path)).as(path).isTrue();
    }
    var page = api.get("/docs", "Accept", "text/html");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.text()).contains("/openapi.json").doesNotContain("https://");
    var noSuchPart = api.get("/openapi.json", "Range", "bytes=99999999-");
    assertThat(noSuchPart.status()).as("no parts, so no wrong ones").isEqualTo(200);
  }

  @Test
  void numbersManyChangesWithoutGaps() {
    var id = api.createUser("0.01");
    try (var clients = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      LongStream.range(0, 300).forEach(_ -> clients.execute(() -> api.put(id, "0.01")));
    }
    var entries = api.get("/api/users/" + id + "/transactions?limit=200");
    assertThat(sequences(entries)).isEqualTo(descending(301, 102));
    assertThat(api.get("/api/users/" + id).data().path("balance").toString()).isEqualTo("3.01");
  }

  private static List<Long> descending(long from, long to) {
    return LongStream.rangeClosed(to, from).map(i -> from + to - i).boxed().toList();
  }

  /** Whatever was answered here is in the description. */
  @AfterAll
  static void everythingSeenIsDescribed() throws IOException {
    var description = OpenApi.read();
    var undescribed =
        Api.SEEN.stream().filter(seen -> !description.describes(seen)).sorted().toList();
    assertThat(Api.SEEN).hasSizeGreaterThan(50);
    assertThat(undescribed).isEmpty();
  }
}
