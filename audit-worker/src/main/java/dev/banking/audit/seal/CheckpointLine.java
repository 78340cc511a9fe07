package dev.banking.audit.seal;

import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@link Checkpoint#line} wrote. */
public final class CheckpointLine {

  private static final JsonMapper MAPPER = new JsonMapper();

  private CheckpointLine() {}

  /**
   * The checkpoint of a line; also of a log's line that ends with one.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Checkpoint read(String line) {
    var begin = line.indexOf("{\"type\":\"checkpoint\"");
    if (begin < 0) {
      throw new IllegalArgumentException("no checkpoint");
    }
    try {
      var json = MAPPER.readTree(line.substring(begin));
      return new Checkpoint(
          json.path("number").asLong(),
          json.path("position").asLong(),
          hex(json, "hash"),
          hex(json, "root"),
          json.path("createdAt").asString(),
          hex(json, "keyId"),
          hex(json, "signature"));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no checkpoint", e);
    }
  }

  private static byte[] hex(JsonNode json, String name) {
    return HexFormat.of().parseHex(json.path(name).asString());
  }
}
