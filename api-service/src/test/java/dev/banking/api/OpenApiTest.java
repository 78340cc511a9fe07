package dev.banking.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients are promised is described: each operation with each status that it may have. */
class OpenApiTest {

  @ParameterizedTest
  @CsvSource({
    "PUT, /api/users/{userId}/balance, 200 400 401 403 404 406 412 413 415 422 429 500 503",
    "GET, /api/users/{userId}, 200 304 400 401 403 404 406 413 429 500 503",
    "GET, /api/users/{userId}/transactions, 200 400 401 403 404 406 413 429 500 503",
    "POST, /api/users, 201 400 401 403 406 413 415 422 429 500 503",
    "GET, /api/health, 200 400 403 406 413 500",
    "GET, /openapi.json, 200 403 500",
    "GET, /docs, 200 403 500"
  })
  void describesEachStatus(String method, String path, String statuses) throws IOException {
    assertThat(OpenApi.read().statuses(method, path)).contains(statuses.split(" ", -1));
  }

  @Test
  void tellsWhatIsNotDescribed() throws IOException {
    var description = OpenApi.read();
    assertThat(description.describes("GET /api/users/7 304")).isTrue();
    assertThat(description.describes("GET /api/users/7 418")).isFalse();
    assertThat(description.describes("PUT /api/users/7/balance 304")).isFalse();
    assertThat(description.describes("DELETE /api/users/7 405")).as("no operation").isTrue();
    assertThat(description.describes("GET /api/nothing 404")).as("no path").isTrue();
  }
}
