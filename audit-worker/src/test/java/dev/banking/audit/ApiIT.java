package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.audit.seal.SigningKey;
import dev.banking.common.BalanceUpdated;
import dev.banking.common.BankingEvent;
import dev.banking.common.Money;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiIT {

  private static final TestDatabase DATABASE = new TestDatabase();
  private static final Worker WORKER = Worker.start(DATABASE, "--audit.checkpoint.interval=50ms");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int ENTRIES = 720;
  private static final UUID SPECIAL = UUID.fromString("0198c2a4-9c1e-7b53-8f0e-00000000000a");

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void write() {
    var events = new ArrayList<>(new Changes(new SplittableRandom(3)).some(ENTRIES - 1, 1, 2, 3));
    events.add(special());
    WORKER.append(events);
    await().atMost(SOON).until(() -> WORKER.gauge("audit.checkpoint.position") == ENTRIES);
  }

  private static BankingEvent special() {
    return new BalanceUpdated(
        SPECIAL,
        Events.TIME.plus(Duration.ofDays(20)),
        9,
        1,
        SPECIAL,
        Money.parse("-12.30"),
        Money.parse("100"),
        Money.parse("87.70"),
        "=HYPERLINK(\"x\",\"y\")",
        "-special");
  }

  @AfterAll
  static void stop() {
    WORKER.close();
  }

  @Test
  void pagesThroughTheWholeBookWithoutAGapOrARepetition() throws Exception {
    var positions = new ArrayList<Long>();
    var cursor = "";
    while (true) {
      var page = json("/api/audit/entries?limit=200" + cursor);
      page.path("data").forEach(entry -> positions.add(entry.path("position").asLong()));
      if (page.path("page").path("next").isNull()) {
        break;
      }
      cursor = "&cursor=" + page.path("page").path("next").asLong();
    }
    assertThat(positions).hasSize(ENTRIES).startsWith((long) ENTRIES).endsWith(1L);
    assertThat(positions.reversed()).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user=9",
        "operationId=0198c2a4-9c1e-7b53-8f0e-00000000000a",
        "requestId=-special",
        "actor=%3DHYPERLINK(%22x%22,%22y%22)",
        "from=2026-11-20",
        "from=2026-11-21T12:00:00.000001Z&to=2026-11-21T12:00:00.000002Z",
        "user=9&type=balance.updated&outcome=applied&amountMin=-12.3&amountMax=-12.30",
        "from=2026-11-21T12:00&to=2026-11-21T12:00"
      })
  void findsTheOneEntry(String query) throws Exception {
    assertThat(json("/api/audit/entries?" + query).path("data")).hasSize(1);
    assertThat(get("/api/audit/entries?" + query).body())
        .contains(
            "\"position\":" + ENTRIES,
            "\"amount\":-12.30",
            "\"balanceAfter\":87.70",
            "\"occurredAt\":\"2026-11-21T12:00:00.000001Z\"");
  }

  @ParameterizedTest
  @CsvSource({
    "user=0, user",
    "user=%2B1, user",
    "user=0x10, user",
    "user=9223372036854775808, user",
    "user=1&user=2, user",
    "limit=0, limit",
    "limit=201, limit",
    "cursor=-1, cursor",
    "from=yesterday, from",
    "to=2026-13-01, to",
    "from=%2B1000000000-01-01T00:00:00Z, from",
    "type=other, type",
    "outcome=APPLIED, outcome",
    "operationId=1-1-1-1-1, operationId",
    "amountMin=1.234, amountMin",
    "amountMax=1e5, amountMax",
    "amountMax=NaN, amountMax",
    "actor=%00, actor",
    "other=1, other"
  })
  void refusesWhatCannotBeMeant(String query, String field) throws Exception {
    var answer = get("/api/audit/entries?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("{\"success\":false,\"error\":{")
        .contains(
            "\"type\":\"invalid_request\"",
            "\"outcome\":\"not_applied\"",
            "\"details\":[{\"field\":\"" + field + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/audit/entries/0, 400",
    "/api/audit/entries/x, 400",
    "/api/audit/entries/721, 404",
    "/api/audit/users/-1/timeline, 400",
    "/api/audit/users/1/timeline?limit=1000, 400",
    "/api/audit/users/1/statement?x=1, 400",
    "/api/audit/book?x=1, 400"
  })
  void refusesPathsInTheSameWay(String path, int status) throws Exception {
    var answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":" + status);
  }

  @Test
  void provesEachEntry() throws Exception {
    for (var position : List.of(1, 255, 256, 257, 512, 513, ENTRIES)) {
      var full = json("/api/audit/entries/" + position).path("data");
      assertThat(full.path("isIntact").asBoolean()).isTrue();
      assertThat(full.path("isLinked").asBoolean()).isTrue();
      assertThat(full.path("proof").path("holds").asBoolean()).as("at %d", position).isTrue();
      assertThat(full.path("event").asString()).contains("\"specversion\":\"1.0\"");
    }
  }

  @Test
  void showsTheTimelineAndTheState() throws Exception {
    var timeline = json("/api/audit/users/1/timeline?limit=3");
    assertThat(timeline.path("data")).hasSize(3);
    assertThat(timeline.path("data").path(0).path("userId").asLong()).isOne();
    var state = json("/api/audit/book").path("data");
    assertThat(state.path("position").asLong()).isEqualTo(ENTRIES);
    assertThat(state.path("unsigned").asLong()).isZero();
    assertThat(state.path("checkpoint").path("position").asLong()).isEqualTo(ENTRIES);
    assertThat(state.path("waiting").isNull()).isTrue();
  }

  @Test
  void theSecondVerifierChecksAStatement() throws Exception {
    var answer = get("/api/audit/users/2/statement");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
    var file = folder.resolve("statement");
    var publicKey = SigningKey.publicFile(Worker.signingKey(DATABASE));
    Files.writeString(file, answer.body());
    assertThat(OfflineVerifier.run(publicKey, List.of(file.toString())).exitCode()).isZero();

    var lines = answer.body().lines().toList();
    assertThat(lines).hasSizeGreaterThan(100);
    var without = new ArrayList<>(lines);
    without.remove(40);
    assertFinds(publicKey, without, "file_changed");
    var changed = new ArrayList<>(lines);
    changed.set(50, lines.get(50).replaceFirst("\"actor\":\"[a-z]+\"", "\"actor\":\"eve\""));
    assertFinds(publicKey, changed, "content_differs");
    var swapped = new ArrayList<>(lines);
    swapped.set(60, lines.get(60).replaceFirst("\"proof\":\\[\"..", "\"proof\":[\"00"));
    assertFinds(publicKey, swapped, "proof_wrong");
    assertFinds(publicKey, lines.subList(0, 90), "file_cut");
  }

  private void assertFinds(Path publicKey, List<String> lines, String kind) throws Exception {
    var file = folder.resolve("tampered");
    Files.writeString(file, String.join("\n", lines) + "\n");
    var answer = OfflineVerifier.run(publicKey, List.of(file.toString()));
    assertThat(answer.exitCode()).as(answer.says()).isOne();
    assertThat(answer.says()).contains(kind);
  }

  @Test
  void exportsCellsThatNoSpreadsheetRuns() throws Exception {
    var answer = get("/export.csv?user=9");
    assertThat(answer.headers().firstValue("content-type")).hasValue("text/csv;charset=UTF-8");
    assertThat(answer.body().lines().toList().get(1))
        .isEqualTo(
            "720,2026-11-21T12:00:00.000001Z,"
                + answer.body().lines().toList().get(1).split(",", -1)[2]
                + ",9,1,balance.updated,applied,,-12.30,100.00,87.70,"
                + "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\",'-special,"
                + SPECIAL
                + ","
                + SPECIAL);
    assertThat(get("/export.csv").body().lines().count()).isEqualTo(ENTRIES + 1L);
    assertThat(get("/export.ndjson").body().lines().count()).isEqualTo(ENTRIES);
    assertThat(get("/export.ndjson?outcome=refused").body().lines())
        .allSatisfy(line -> assertThat(line).contains("\"outcome\":\"refused\""))
        .isNotEmpty();
  }

  @Test
  void recordsWhoReadsWhat() throws Exception {
    var id = "reading-" + UUID.randomUUID();
    var request =
        HttpRequest.newBuilder(uri("/api/audit/entries?user=1")).header("X-Request-Id", id).build();
    assertThat(client.send(request, BodyHandlers.ofString()).headers().firstValue("X-Request-Id"))
        .hasValue(id);
    assertThat(
            DATABASE
                .superuser()
                .sql("SELECT actor, path, query FROM audit.access_log WHERE request_id = ?")
                .param(id)
                .query()
                .singleRow())
        .containsEntry("actor", "anonymous")
        .containsEntry("path", "/api/audit/entries")
        .containsEntry("query", "user=1");
  }

  @Test
  void describesItself() throws Exception {
    var description = json("/openapi.json");
    for (var path : description.path("paths").propertyNames()) {
      if (!path.contains("{")) {
        assertThat(get(path).statusCode()).as(path).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost.evil.example", "10.0.0.1"})
  void answersLocalNamesOnly(String host) throws Exception {
    assertThat(raw(host)).contains(" 403 ", "\"type\":\"forbidden\"");
    assertThat(raw("localhost:1")).contains(" 200 ");
  }

  private static String raw(String host) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), WORKER.port())) {
      var request =
          "GET /api/audit/book HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private JsonNode json(String path) throws Exception {
    var answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonMapper().readTree(answer.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + WORKER.port() + path);
  }
}
