package dev.banking.notification.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where the backends of a running system are.
 *
 * @param source what told us so, for messages
 * @param broker {@code amqp://user:password@host:port}; several, separated by commas, are tried in
 *     turn
 * @param jdbcUrl without credentials and parameters
 */
public record RunningSystem(
    String source, String broker, String jdbcUrl, String databaseUser, String databasePassword) {

  private static final String LOCAL_STACK = ".local/stack.env";
  private static final String COMPOSE = ".env";

  /**
   * The system that the environment names, as it does for the applications; else the one of {@code
   * make run}; else the ports that docker compose publishes.
   *
   * @throws CommandFailedException when nothing names one
   */
  public static RunningSystem find(Map<String, String> environment, Path project) {
    if (Stream.of("RABBITMQ_URL", "DB_HOST", "DB_PORT").anyMatch(environment::containsKey)) {
      return named("the environment", environment);
    }
    var localStack = project.resolve(LOCAL_STACK);
    if (Files.exists(localStack)) {
      return named(LOCAL_STACK, read(localStack));
    }
    var compose = project.resolve(COMPOSE);
    if (Files.exists(compose)) {
      return published(read(compose));
    }
    throw new CommandFailedException(
        "no running system was found. Start one with make run or make run-docker, or name one with"
            + " RABBITMQ_URL, DB_HOST, DB_PORT, DB_NAME, DB_USER and DB_PASSWORD.");
  }

  private static RunningSystem named(String source, Map<String, String> values) {
    return of(
        source,
        values.getOrDefault("RABBITMQ_URL", "amqp://user:password@localhost:5672"),
        values.getOrDefault("DB_HOST", "localhost") + ":" + values.getOrDefault("DB_PORT", "5432"),
        values);
  }

  private static RunningSystem published(Map<String, String> values) {
    var broker =
        "amqp://%s:%s@localhost:%s"
            .formatted(
                values.getOrDefault("RABBITMQ_USER", "user"),
                values.getOrDefault("RABBITMQ_PASSWORD", "password"),
                values.getOrDefault("RABBITMQ_PORT", "15673"));
    return of(
        COMPOSE, broker, "localhost:" + values.getOrDefault("POSTGRES_PORT", "15432"), values);
  }

  private static RunningSystem of(
      String source, String broker, String address, Map<String, String> values) {
    return new RunningSystem(
        source,
        broker,
        "jdbc:postgresql://" + address + "/" + values.getOrDefault("DB_NAME", "banking"),
        values.getOrDefault("DB_USER", "banking"),
        values.getOrDefault("DB_PASSWORD", ""));
  }

  /**
   * A connection to the database, for the caller to close.
   *
   * @param silence how long the server may say nothing before the connection counts as dead
   */
  public Connection connect(Duration silence) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", databaseUser);
    properties.setProperty("password", databasePassword);
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", Long.toString(silence.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "notification-worker command");
    return DriverManager.getConnection(jdbcUrl, properties);
  }

  /** Names and values; the later of two lines with one name counts. */
  private static Map<String, String> read(Path file) {
    var values = new HashMap<String, String>();
    try {
      for (var line : Files.readAllLines(file)) {
        var equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          values.put(
              line.substring(0, equals).strip(), unquoted(line.substring(equals + 1).strip()));
        }
      }
      return values;
    } catch (IOException e) {
      throw new CommandFailedException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  private static String unquoted(String value) {
    var isQuoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return isQuoted ? value.substring(1, value.length() - 1) : value;
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "%s and %s, from %s".formatted(broker.replaceAll("//[^,]*@", "//"), jdbcUrl, source);
  }
}
