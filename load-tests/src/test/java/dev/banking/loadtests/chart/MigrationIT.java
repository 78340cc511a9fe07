package dev.banking.loadtests.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.localstack.Backends;
import dev.banking.localstack.Identity;
import dev.banking.localstack.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The owner's password is for the migration alone: the real jars, started as the chart starts them.
 */
class MigrationIT {

  private static final Map<Identity, String> JARS =
      Map.of(
          Identity.API, "api-service",
          Identity.NOTIFICATION, "notification-worker",
          Identity.AUDIT, "audit-worker");

  private final Backends backends = Backends.shared();
  private final String database = "chart_" + UUID.randomUUID().toString().replace("-", "");

  @TempDir Path folder;

  @BeforeEach
  void makeDatabase() throws SQLException {
    try (var connection = DriverManager.getConnection(backends.postgres().superuserJdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database + " OWNER banking");
    }
  }

  @Test
  void isAProcessOfItsOwnAndTheApiRunsWithoutTheOwner() throws Exception {
    var migrations =
        JARS.keySet().stream()
            .map(identity -> start(identity, owner(identity), "migrate"))
            .toList();
    for (var migration : migrations) {
      assertThat(migration.waitFor(2, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(migrations)
        .allSatisfy(migration -> assertThat(migration.exitValue()).as(logs()).isZero());
    assertThat(retention()).isEqualTo("7 years");

    var settings = runtime(Identity.API);
    var api = start(Identity.API, settings);
    try {
      var readiness =
          "http://127.0.0.1:"
              + settings.get("MANAGEMENT_SERVER_PORT")
              + "/actuator/health/readiness";
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> !api.isAlive() || status(readiness) == 200);
      assertThat(api.isAlive()).as(logs()).isTrue();
      assertThat(status("http://127.0.0.1:" + settings.get("PORT") + "/api/users/1"))
          .isEqualTo(200);
    } finally {
      api.destroy();
      assertThat(api.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void failsWhereItIsRefused() throws Exception {
    var settings = owner(Identity.API);
    settings.put("DB_MIGRATION_PASSWORD", "wrong");
    // It would ask for a minute, as at a start beside a database that is starting, too.
    settings.put("SPRING_FLYWAY_CONNECT_RETRIES", "0");
    var migration = start(Identity.API, settings, "migrate");
    assertThat(migration.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(migration.exitValue()).as(logs()).isNotZero();
  }

  /** What the chart's job is told. */
  private Map<String, String> owner(Identity identity) {
    var settings = new HashMap<>(backends.environment(identity));
    settings.keySet().removeIf(name -> !name.startsWith("DB_") || name.equals("DB_PASSWORD"));
    settings.put("DB_NAME", database);
    settings.put("AUDIT_RETENTION", "P7Y");
    return settings;
  }

  /** What the owner has written down for the audit book. */
  private String retention() throws SQLException {
    var url =
        backends.postgres().superuserJdbcUrl().replaceFirst("/[^/?]+\\?", "/" + database + "?");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT audit.retention()::text")) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** What the chart's deployment is told. */
  private Map<String, String> runtime(Identity identity) {
    var settings = new HashMap<>(backends.environment(identity));
    settings.keySet().removeIf(name -> name.startsWith("DB_MIGRATION_"));
    settings.put("DB_NAME", database);
    settings.put("DB_MIGRATE", "false");
    settings.put("DB_OPTIONS", "targetServerType=primary&sslmode=prefer");
    settings.put("PORT", Integer.toString(Ports.free()));
    settings.put("MANAGEMENT_SERVER_PORT", Integer.toString(Ports.free()));
    settings.put("WARM_UP_DURATION", "0s");
    return settings;
  }

  private Process start(Identity identity, Map<String, String> settings, String... words) {
    var jar = Chart.PROJECT.resolve("%1$s/target/%1$s.jar".formatted(JARS.get(identity)));
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var line = new ArrayList<>(List.of(java, "-Xmx256m", "-jar", jar.toString()));
    line.addAll(List.of(words));
    var log = folder.resolve(identity + ".log").toFile();
    var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log);
    builder.environment().keySet().removeIf(name -> name.startsWith("DB_"));
    builder.environment().putAll(settings);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String logs() throws IOException {
    var text = new StringBuilder();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        text.append(file.getFileName()).append(":\n").append(Files.readString(file));
      }
    }
    return text.toString();
  }

  private static int status(String address) {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(address)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException _) {
      return 0;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
