package dev.banking.loadtests;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the checks ask the API over HTTP. */
final class Api {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final JsonMapper json =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private final RunningSystem system;

  Api(RunningSystem system) {
    this.system = system;
  }

  /** The user's state as the API tells it. */
  record User(BigDecimal balance, long sequence) {}

  /** Whether an API is there and says so. */
  boolean isUp() throws InterruptedException {
    try {
      return get("/api/health", "max-stale").statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  /** The user, from the cache when the API has it there. */
  User user(long userId) throws IOException, InterruptedException {
    return read(get("/api/users/" + userId, "max-stale"));
  }

  /** The user, from the database. */
  User userPastCache(long userId) throws IOException, InterruptedException {
    return read(get("/api/users/" + userId, "no-cache"));
  }

  /** What a question for the user is answered with. */
  int status(long userId) throws IOException, InterruptedException {
    return get("/api/users/" + userId, "no-cache").statusCode();
  }

  private HttpResponse<String> get(String path, String cacheControl)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(system.api() + path))
            .timeout(TIMEOUT)
            .header("Cache-Control", cacheControl);
    if (!system.token().isEmpty()) {
      request.header("Authorization", "Bearer " + system.token());
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private User read(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new LoadTestException(
          answer.uri() + " answers " + answer.statusCode() + " " + answer.body());
    }
    JsonNode data = json.readTree(answer.body()).path("data");
    return new User(data.path("balance").decimalValue(), data.path("sequence").longValue());
  }
}
