package dev.banking.loadtests.system;

import dev.banking.loadtests.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** One database of a {@link LocalSystem}'s PostgreSQL, seen by the superuser. */
public final class Database implements AutoCloseable {

  private static final String SUPERUSER = "postgres";
  private static final String OWNER = "banking";

  private final int port;
  private final String name;
  private final String password;
  private final Connection connection;

  private Database(int port, String name, String password) throws SQLException {
    this.port = port;
    this.name = name;
    this.password = password;
    var properties = new Properties();
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "120");
    properties.setProperty("ApplicationName", "load-tests");
    this.connection =
        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + name, properties);
  }

  /** The one with the bank's tables. */
  public static Database ofBank(LocalSystem system) throws IOException, SQLException {
    var password = Files.readString(system.data().resolve("postgres/superuser-password")).strip();
    return new Database(system.ports().getOrDefault("POSTGRES_PORT", 0), OWNER, password);
  }

  /** A new one on the same server, owned by the applications' role. */
  public Database create(String newName) throws SQLException {
    execute("CREATE DATABASE " + newName + " OWNER " + OWNER);
    return new Database(port, newName, password);
  }

  public String name() {
    return name;
  }

  /** The first column of the first row; 0 when it is null or there is no row. */
  public double number(String query) {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getDouble(1) : 0;
    } catch (SQLException e) {
      throw new LoadTestException("cannot ask PostgreSQL: " + e.getMessage(), e);
    }
  }

  /** The first column of the first row. */
  public String text(String query) {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    } catch (SQLException e) {
      throw new LoadTestException("cannot ask PostgreSQL: " + e.getMessage(), e);
    }
  }

  /** One statement or several. */
  public void execute(String statements) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  /** What libpq's programs read. */
  public Map<String, String> libpq() {
    return Map.of(
        "PGHOST", "127.0.0.1",
        "PGPORT", Integer.toString(port),
        "PGDATABASE", name,
        "PGUSER", SUPERUSER,
        "PGPASSWORD", password);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new LoadTestException("cannot leave PostgreSQL", e);
    }
  }
}
