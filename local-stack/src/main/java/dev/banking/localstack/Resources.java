package dev.banking.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The scripts beside the classes. */
final class Resources {

  private Resources() {}

  /** The script without its comments, which would clutter every list of processes. */
  static String script(String name) {
    return text(name).replaceAll("(?m)^#.*\n", "");
  }

  /** As it is. */
  static String text(String name) {
    try (var in = Resources.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
