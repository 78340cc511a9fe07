package dev.banking.audit;

import dev.banking.localstack.Backends;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody who gives commands, and what they see. */
final class Operator {

  private final Map<String, String> environment;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  /** Of the shared backends, with a database of the test's own. */
  Operator(TestDatabase database) {
    this.environment = new HashMap<>(Backends.shared().environment());
    environment.put("DB_NAME", database.name());
    environment.put("AUDIT_SIGNING_KEY_FILE", Worker.signingKey(database).toString());
  }

  Operator with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** The exit code. */
  int types(String... words) {
    screen.reset();
    var out = new PrintStream(screen, true, StandardCharsets.UTF_8);
    return new Commands(environment, Path.of("target"), out, out).run(List.of(words)).number();
  }

  String sees() {
    return screen.toString(StandardCharsets.UTF_8);
  }
}
