package dev.banking.loadtests.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the applications have printed. */
final class LogLines {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;

  /** Each line of the file begins with the name of its process and a colon. */
  LogLines(Path file) {
    this.file = file;
  }

  /** All lines of processes whose names begin so, without the names. */
  List<String> of(String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(": ") + 2))
        .toList();
  }

  /** The same, each of them JSON. */
  List<JsonNode> parsed(String name) throws IOException {
    return of(name).stream().map(JSON::readTree).toList();
  }

  /** The only line of them that is about this request. */
  JsonNode about(String name, String requestId) throws IOException {
    var found =
        parsed(name).stream()
            .filter(line -> text(line, "/http/request/id").equals(requestId))
            .toList();
    assertThat(found).as(() -> "lines of " + name + " about " + requestId).hasSize(1);
    return found.getFirst();
  }

  /** A field's text; empty when it is missing. */
  static String text(JsonNode line, String pointer) {
    return line.at(pointer).asString("");
  }
}
