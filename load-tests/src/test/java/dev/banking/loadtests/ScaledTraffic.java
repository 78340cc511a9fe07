package dev.banking.loadtests;

import dev.banking.loadtests.history.Answer;
import dev.banking.loadtests.history.LedgerRow;
import dev.banking.loadtests.history.Operation;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes for several users at once that are sent once each, and what became of them. */
final class ScaledTraffic {

  private static final int CLIENTS = 24;
  private static final int OPENING_CENTS = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RunningSystem system;
  private final String run = Long.toHexString(ThreadLocalRandom.current().nextLong());
  private final List<Long> users = new ArrayList<>();
  private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean goesOn = new AtomicBoolean(true);
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  ScaledTraffic(RunningSystem system) {
    this.system = system;
  }

  /** Makes users, then changes their balances until {@link #end}. */
  void begin(int numberOfUsers) {
    for (var i = 0; i < numberOfUsers; i++) {
      createUser(run + "-user-" + i);
    }
    for (var i = 0; i < CLIENTS; i++) {
      var client = i;
      clients.execute(() -> {
        for (var number = 0; goesOn.get(); number++) {
          change(run + "-" + client + "-" + number);
        }
      });
    }
  }

  /** All that was asked and answered, when the last answer is there. */
  List<Operation> end() throws InterruptedException {
    goesOn.set(false);
    clients.shutdown();
    if (!clients.awaitTermination(2, TimeUnit.MINUTES)) {
      throw new AssertionError("a client does not end");
    }
    return soFar();
  }

  List<Operation> soFar() {
    return List.copyOf(operations);
  }

  /** What the ledger says of the users. */
  List<LedgerRow> ledger() throws SQLException {
    try (var connection = system.connect();
        var statement =
            connection.prepareStatement(
                """
                SELECT user_id, sequence, (amount * 100)::bigint, (balance * 100)::bigint, request_id
                FROM banking.ledger_entry WHERE user_id = ANY (?) ORDER BY user_id, sequence
                """)) {
      statement.setArray(1, connection.createArrayOf("bigint", users.toArray()));
      var rows = new ArrayList<LedgerRow>();
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(
              new LedgerRow(
                  row.getLong(1),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getString(5)));
        }
      }
      return rows;
    }
  }

  private void createUser(String requestId) {
    var start = System.nanoTime();
    try {
      var answer = send("POST", "/api/users", "{\"initialBalance\":1000}", requestId);
      var data = JSON.readTree(answer.body()).path("data");
      var id = data.path("id").asLong();
      users.add(id);
      var applied = new Answer.Applied(1, OPENING_CENTS);
      operations.add(
          Operation.change(requestId, id, OPENING_CENTS, start, System.nanoTime(), applied));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void change(String requestId) {
    var user = users.get(ThreadLocalRandom.current().nextInt(users.size()));
    var cents = ThreadLocalRandom.current().nextInt(2) == 0 ? 300 : -200;
    var path = "/api/users/" + user + "/balance";
    var body = "{\"amount\":" + cents / 100 + "}";
    var start = System.nanoTime();
    Answer answer;
    try {
      answer = read(send("PUT", path, body, requestId));
    } catch (IOException e) {
      answer = new Answer.Missing(e.toString());
    }
    operations.add(Operation.change(requestId, user, cents, start, System.nanoTime(), answer));
  }

  private static Answer read(HttpResponse<String> response) {
    var body = JSON.readTree(response.body());
    if (response.statusCode() == 200) {
      var data = body.path("data");
      return new Answer.Applied(data.path("sequence").asLong(), cents(data.path("balance")));
    }
    var type = body.path("error").path("type").asString();
    return switch (body.path("error").path("outcome").asString()) {
      case "unknown" -> new Answer.Unknown();
      case "not_applied" ->
          response.statusCode() == 400 ? new Answer.Refused(type) : new Answer.NotApplied(type);
      default -> throw new AssertionError(response.statusCode() + " " + response.body());
    };
  }

  private static long cents(JsonNode amount) {
    return new BigDecimal(amount.asString()).movePointRight(2).longValueExact();
  }

  private HttpResponse<String> send(String method, String path, String body, String requestId)
      throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(system.api() + path))
            .header("Content-Type", "application/json")
            .header("X-Request-Id", requestId)
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
