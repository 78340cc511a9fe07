package dev.banking.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as an HTTP client sees it. */
public final class Api {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Every answer since the start of the tests, as {@code METHOD path status}. */
  static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  private final int port;

  public Api(int port) {
    this.port = port;
  }

  /**
   * A reply.
   *
   * @param http status and headers
   * @param body parsed; missing when empty
   */
  public record Answer(HttpResponse<String> http, JsonNode body) {

    public int status() {
      return http.statusCode();
    }

    public String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    public String text() {
      return http.body();
    }

    public JsonNode data() {
      return body.path("data");
    }

    public String errorType() {
      return body.path("error").path("type").stringValue("");
    }

    public long sequence() {
      return data().path("sequence").longValue();
    }
  }

  /** Adds to a balance; headers as name, value, name, value, … */
  public Answer put(long userId, String amount, String... headers) {
    return send("PUT", "/api/users/" + userId + "/balance", "{\"amount\":" + amount + "}", headers);
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** A new user's id. */
  public long createUser(String initialBalance) {
    var answer = send("POST", "/api/users", "{\"initialBalance\":" + initialBalance + "}");
    if (answer.status() != 201) {
      throw new AssertionError(answer.text());
    }
    return answer.data().path("id").longValue();
  }

  /** Any request; JSON unless the headers say otherwise. */
  public Answer send(
      String method,
      String path,
      @org.jspecify.annotations.Nullable String body,
      String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null && !java.util.Arrays.asList(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      SEEN.add(method + " " + path.replaceFirst("\\?.*", "") + " " + response.statusCode());
      var text = response.body();
      return new Answer(
          response, JSON.readTree(text.isEmpty() || text.charAt(0) != '{' ? "null" : text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return port;
  }
}
