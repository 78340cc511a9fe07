package dev.banking.loadtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Reads files of {@code NAME=value} lines, as docker compose and shells do. */
public final class EnvFile {

  private EnvFile() {}

  /** Its names and values; the later of two lines with one name counts. Empty without the file. */
  public static Map<String, String> read(Path file) throws IOException {
    var values = new HashMap<String, String>();
    if (!Files.exists(file)) {
      return values;
    }
    for (var line : Files.readAllLines(file)) {
      var equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        values.put(line.substring(0, equals).strip(), unquoted(line.substring(equals + 1).strip()));
      }
    }
    return values;
  }

  private static String unquoted(String value) {
    var isQuoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return isQuoted ? value.substring(1, value.length() - 1) : value;
  }
}
