package dev.banking.loadtests.model;

import dev.banking.loadtests.LoadTestException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The figures of {@code measured.properties}. */
final class Measured {

  private static final String FILE = "measured.properties";

  private final Properties figures = new Properties();

  Measured(Reader reader) throws IOException {
    figures.load(reader);
  }

  static Measured read() throws IOException {
    var file = Measured.class.getResourceAsStream(FILE);
    if (file == null) {
      throw new LoadTestException(FILE + " is missing");
    }
    try (var reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      return new Measured(reader);
    }
  }

  String text(String name) {
    return figures.getProperty(name, "").strip();
  }

  /** NaN: not measured. */
  double number(String name) {
    var text = text(name);
    try {
      return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new LoadTestException("%s: %s=%s is no number".formatted(FILE, name, text), e);
    }
  }

  /**
   * A figure that the model cannot do without.
   *
   * @throws LoadTestException when it is not there
   */
  double needed(String name) {
    var number = number(name);
    if (Double.isNaN(number)) {
      throw new LoadTestException("%s: the model needs %s".formatted(FILE, name));
    }
    return number;
  }

  /** Requests a second of one user at so many connections. */
  double oneUser(int connections) {
    return number("one-user." + connections + ".per-second");
  }
}
