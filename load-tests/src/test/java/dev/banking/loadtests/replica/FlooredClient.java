package dev.banking.loadtests.replica;

import dev.banking.loadtests.client.HttpConnection;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client that says what it has seen, and is told sequences. */
final class FlooredClient implements AutoCloseable {

  private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":([0-9]+)");
  private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");

  private final HttpConnection connection;

  FlooredClient(int port) throws IOException {
    connection = HttpConnection.open(port);
  }

  /** A user with some money, at sequence 1. */
  long create() throws IOException {
    return ask("POST", "/api/users", 201, 0, "{\"initialBalance\": 100}", ID);
  }

  /** Adds 1 and tells the sequence. */
  long change(long user) throws IOException {
    return ask("PUT", "/api/users/" + user + "/balance", 200, 0, "{\"amount\": 1}", SEQUENCE);
  }

  /** The newest sequence in the answer. Floor 0: none is said. */
  long newestOf(String path, long floor) throws IOException {
    return ask("GET", path, 200, floor, null, SEQUENCE);
  }

  private long ask(
      String method, String path, int status, long floor, @Nullable String body, Pattern number)
      throws IOException {
    var floored =
        floor == 0 ? Map.<String, String>of() : Map.of("If-Min-Sequence", Long.toString(floor));
    var reply = connection.send(method, path, floored, body);
    var matcher = number.matcher(reply.body());
    if (reply.status() != status || !matcher.find()) {
      throw new IOException(method + " " + path + ": " + reply);
    }
    return Long.parseLong(matcher.group(1));
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
