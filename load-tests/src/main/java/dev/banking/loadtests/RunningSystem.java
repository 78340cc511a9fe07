package dev.banking.loadtests;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where a running system is: its API and its database.
 *
 * @param api without a slash at the end
 * @param token for each request; empty: the API asks for none
 * @param jdbcUrl without credentials
 */
record RunningSystem(
    URI api, String token, String jdbcUrl, String databaseUser, String databasePassword) {

  private static final String LOCAL_STACK = ".local/stack.env";
  private static final String COMPOSE = ".env";

  /**
   * The system that the environment names with {@code BASE_URL} and {@code DB_*}; without {@code
   * BASE_URL} the one of {@code make run} or of {@code make run-docker}, whichever answers first.
   *
   * @throws LoadTestException when none answers
   */
  static RunningSystem find(Map<String, String> environment, Path project)
      throws IOException, InterruptedException {
    for (var candidate : candidates(environment, project).entrySet()) {
      if (new Api(candidate.getValue()).isUp()) {
        return candidate.getValue();
      }
    }
    throw new LoadTestException(
        "no running system was found. Start one with make run or make run-docker, or name one with"
            + " BASE_URL, DB_HOST, DB_PORT, DB_NAME, DB_USER and DB_PASSWORD. Looked at: "
            + candidates(environment, project));
  }

  /** Where to look, and what told us so, in this order. */
  static Map<String, RunningSystem> candidates(Map<String, String> environment, Path project)
      throws IOException {
    var candidates = new LinkedHashMap<String, RunningSystem>();
    if (environment.containsKey("BASE_URL")) {
      candidates.put("the environment", named(environment));
      return candidates;
    }
    if (Files.exists(project.resolve(LOCAL_STACK))) {
      candidates.put(LOCAL_STACK, named(EnvFile.read(project.resolve(LOCAL_STACK))));
    }
    if (Files.exists(project.resolve(COMPOSE))) {
      candidates.put(COMPOSE, published(EnvFile.read(project.resolve(COMPOSE))));
    }
    return candidates;
  }

  /** From the names that the applications read. */
  static RunningSystem named(Map<String, String> values) {
    return of(
        values.getOrDefault("BASE_URL", "http://localhost:3000"),
        values.getOrDefault("DB_HOST", "localhost"),
        values.getOrDefault("DB_PORT", "5432"),
        values);
  }

  /** From the ports that docker compose publishes. */
  private static RunningSystem published(Map<String, String> values) {
    var baseUrl = "http://localhost:" + values.getOrDefault("PORT", "3000");
    return of(baseUrl, "localhost", values.getOrDefault("POSTGRES_PORT", "15432"), values);
  }

  private static RunningSystem of(
      String baseUrl, String host, String port, Map<String, String> values) {
    var name = values.getOrDefault("DB_NAME", "banking");
    return new RunningSystem(
        URI.create(baseUrl.replaceAll("/+$", "")),
        "",
        "jdbc:postgresql://" + host + ":" + port + "/" + name,
        values.getOrDefault("DB_USER", "banking"),
        values.getOrDefault("DB_PASSWORD", ""));
  }

  RunningSystem withToken(String ours) {
    return new RunningSystem(api, ours, jdbcUrl, databaseUser, databasePassword);
  }

  /** A read-only connection, for the caller to close. */
  Connection connect() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", databaseUser);
    properties.setProperty("password", databasePassword);
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("ApplicationName", "load-tests");
    var connection = DriverManager.getConnection(jdbcUrl, properties);
    connection.setReadOnly(true);
    return connection;
  }

  /** Without the token and the password. */
  @Override
  public String toString() {
    return api + " with " + jdbcUrl;
  }
}
