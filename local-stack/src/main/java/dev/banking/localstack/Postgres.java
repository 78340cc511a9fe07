package dev.banking.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * PostgreSQL 18 with a database {@code banking}, owned by a role {@code banking} that is no
 * superuser, and a role for each application. Durable: {@code fsync}, {@code synchronous_commit}
 * and {@code full_page_writes} are on.
 */
public final class Postgres extends Server {

  public static final String DATABASE = "banking";
  public static final String ROLE = "banking";

  static final String NAME = "postgres";
  static final String SUPERUSER_PASSWORD_FILE = "superuser-password";

  /** For initdb: the same order of texts wherever it runs. */
  static final List<String> LOCALE =
      List.of(
          "--encoding=UTF8",
          "--no-locale",
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8");

  private final Superuser superuser;
  private final String password;
  private final Passwords passwords;

  /**
   * Makes no process yet.
   *
   * @param folder for the passwords; made by the caller
   */
  Postgres(Path folder, int port, Launcher launcher) throws IOException {
    super(NAME, port, launcher);
    this.superuser = new Superuser(port, superuserPassword(folder));
    this.password = Secrets.kept(folder.resolve("password"));
    this.passwords = new Passwords(folder);
  }

  static String superuserPassword(Path folder) throws IOException {
    return Secrets.kept(folder.resolve(SUPERUSER_PASSWORD_FILE));
  }

  /** As arguments of the server. */
  static List<String> settings() {
    return Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("max_connections", "200"),
            Map.entry("jit", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("log_line_prefix", "%m [%p] %q%a "))
        .entrySet()
        .stream()
        .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue()))
        .toList();
  }

  /** Of the role {@link #ROLE}. */
  public String password() {
    return password;
  }

  /** Of the application's own role. */
  public String password(Identity identity) {
    return passwords.of(identity);
  }

  /** For a look behind the curtain in tests; has user and password in it. */
  public String superuserJdbcUrl() {
    return superuser.jdbcUrl(DATABASE);
  }

  @Override
  boolean answers() {
    return superuser.isAnswered();
  }

  @Override
  void started() {
    try (var connection = superuser.connect(Superuser.NAME);
        var statement = connection.createStatement()) {
      if (lacks(connection, "SELECT 1 FROM pg_roles WHERE rolname = '" + ROLE + "'")) {
        statement.execute("CREATE ROLE " + ROLE + " LOGIN");
      }
      statement.execute("ALTER ROLE " + ROLE + " PASSWORD '" + password + "'");
      if (lacks(connection, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + ROLE);
      }
      createRoles();
    } catch (SQLException e) {
      throw new BackendException("Cannot prepare the database: " + e.getMessage(), e);
    }
  }

  private void createRoles() throws SQLException {
    try (var connection = superuser.connect(DATABASE);
        var statement = connection.createStatement();
        var setting = connection.prepareStatement("SELECT set_config(?, ?, false)")) {
      for (var identity : Identity.values()) {
        setting.setString(1, "banking." + identity.word() + "_password");
        setting.setString(2, passwords.of(identity));
        setting.execute();
      }
      statement.execute(Resources.text("roles.sql"));
    }
  }

  private static boolean lacks(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }
}
