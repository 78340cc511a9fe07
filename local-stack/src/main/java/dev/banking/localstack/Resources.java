package dev.banking.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The shell scripts beside the classes. */
final class Resources {

  private Resources() {}

  /** The script without its comments, which would clutter every list of processes. */
  static String script(String name) {
    try (var in = Resources.class.getResourceAsStream(name)) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.replaceAll("(?m)^#.*\n", "");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
