package dev.banking.loadtests.client;

import dev.banking.loadtests.history.Answer;
import dev.banking.loadtests.history.Operation;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One HTTP client with one connection. It goes to the next instance when its own says that it will
 * close the connection or cannot be reached, and records every request that it sent.
 */
public final class Client implements AutoCloseable {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final List<Integer> ports;
  private final String name;
  private final Consumer<Operation> history;
  private @Nullable HttpConnection connection;
  private int current;
  private int requests;
  private int unreachable;

  /**
   * Sends nothing yet.
   *
   * @param ports of the instances on loopback, in the order in which they are tried
   * @param name unique; the prefix of its request ids
   */
  public Client(List<Integer> ports, String name, Consumer<Operation> history) {
    this.ports = List.copyOf(ports);
    this.name = name;
    this.history = history;
  }

  /** How often no instance could be reached, so that nothing was sent. */
  public int unreachable() {
    return unreachable;
  }

  /** Creates a user with an opening balance above 0. */
  public long create(long cents) throws IOException {
    var start = System.nanoTime();
    var id = nextId();
    try (var fresh = HttpConnection.open(ports.getFirst())) {
      var body = "{\"initialBalance\": " + amount(cents) + "}";
      var reply = fresh.send("POST", "/api/users", Map.of("X-Request-Id", id), body);
      if (reply.status() != 201) {
        throw new IOException("no user was created: " + reply);
      }
      var userId = JSON.readTree(reply.body()).path("data").path("id").longValue();
      var answer = new Answer.Applied(1, cents);
      history.accept(Operation.change(id, userId, cents, start, System.nanoTime(), answer));
      return userId;
    }
  }

  /** Adds a signed amount; null when nothing was sent. */
  public @Nullable Answer change(long userId, long cents, @Nullable String key) {
    var id = nextId();
    var headers = new HashMap<>(Map.of("X-Request-Id", id));
    if (key != null) {
      headers.put("Idempotency-Key", key);
    }
    var body = "{\"amount\": " + amount(cents) + "}";
    var start = System.nanoTime();
    var answer = send("PUT", "/api/users/" + userId + "/balance", headers, body);
    if (answer != null) {
      history.accept(Operation.keyed(id, userId, cents, key, start, System.nanoTime(), answer));
    }
    return answer;
  }

  /** Shows the user; null when nothing was sent. */
  public @Nullable Answer read(long userId) {
    var id = nextId();
    var start = System.nanoTime();
    var answer = send("GET", "/api/users/" + userId, Map.of("X-Request-Id", id), null);
    if (answer instanceof Answer.Applied(long sequence, long cents)) {
      answer = new Answer.Shown(sequence, cents);
    }
    if (answer != null) {
      history.accept(Operation.read(id, userId, start, System.nanoTime(), answer));
    }
    return answer;
  }

  private @Nullable Answer send(
      String method, String path, Map<String, String> headers, @Nullable String body) {
    var connected = connect();
    if (connected == null) {
      unreachable++;
      return null;
    }
    try {
      var reply = connected.send(method, path, headers, body);
      if (reply.closes()) {
        close();
        current++;
      }
      return answerOf(reply);
    } catch (IOException | RuntimeException e) {
      close();
      return new Answer.Missing(e.toString());
    }
  }

  private @Nullable HttpConnection connect() {
    for (var tried = 0; connection == null && tried < ports.size(); tried++) {
      try {
        connection = HttpConnection.open(ports.get(current % ports.size()));
      } catch (IOException _) {
        current++;
      }
    }
    return connection;
  }

  private static Answer answerOf(HttpConnection.Reply reply) {
    var json = JSON.readTree(reply.body());
    if (reply.status() == 200) {
      var data = json.path("data");
      return new Answer.Applied(data.path("sequence").longValue(), cents(data.path("balance")));
    }
    var type = json.path("error").path("type").asString("status " + reply.status());
    if (reply.status() < 500) {
      return new Answer.Refused(type);
    }
    return json.path("error").path("outcome").asString("").equals("not_applied")
        ? new Answer.NotApplied(type)
        : new Answer.Unknown();
  }

  private static long cents(JsonNode amount) {
    return amount.decimalValue().movePointRight(2).longValueExact();
  }

  private static String amount(long cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString();
  }

  private String nextId() {
    return name + "-" + requests++;
  }

  @Override
  public void close() {
    try (var _ = connection) {
      connection = null;
    } catch (IOException _) {
      // It was broken already.
    }
  }
}
