package dev.banking.api;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API's own description of itself. */
record OpenApi(JsonNode document) {

  private static final String FILE = "/dev/banking/api/docs/openapi.json";

  static OpenApi read() throws IOException {
    try (var file = Objects.requireNonNull(OpenApi.class.getResourceAsStream(FILE))) {
      return new OpenApi(JsonMapper.shared().readTree(file));
    }
  }

  /** The statuses of {@code GET /api/health}, for instance. */
  Set<String> statuses(String method, String path) {
    var responses =
        document.path("paths").path(path).path(method.toLowerCase(java.util.Locale.ROOT));
    return responses.path("responses").propertyNames().stream().collect(Collectors.toSet());
  }

  /**
   * Whether {@code METHOD path status} is described, or is not of a described operation at all: a
   * wrong path or a wrong method has no place in a description.
   */
  boolean describes(String seen) {
    var parts = seen.split(" ", -1);
    for (var path : document.path("paths").propertyNames()) {
      var pattern = Pattern.quote(path).replaceAll("\\{[a-zA-Z]+}", "\\\\E[^/]+\\\\Q");
      var statuses = statuses(parts[0], path);
      if (parts[1].matches(pattern) && !statuses.isEmpty()) {
        return statuses.contains(parts[2]);
      }
    }
    return true;
  }
}
