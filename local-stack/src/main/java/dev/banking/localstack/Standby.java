package dev.banking.localstack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A copy of the database that follows it over a stream and answers reads; whoever promotes it makes
 * it the primary. Its first start copies the primary, which must be running.
 */
public final class Standby extends Server {

  static final String NAME = "standby";

  /** By what {@code synchronous_standby_names} of the primary can name it. */
  public static final String APPLICATION_NAME = BaseBackup.FOLLOWER;

  private final String superuserPassword;

  Standby(int port, Launcher launcher, String superuserPassword) {
    super(NAME, port, launcher);
    this.superuserPassword = superuserPassword;
  }

  /** Makes it a primary, and returns when it takes changes. */
  public void promote() {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT pg_promote(true, 60)")) {
      if (!rows.next() || !rows.getBoolean(1)) {
        throw new BackendException("The standby was not promoted within a minute");
      }
    } catch (SQLException e) {
      throw new BackendException("Cannot promote the standby: " + e.getMessage(), e);
    }
  }

  /** For a look behind the curtain in tests; has user and password in it. */
  public String superuserJdbcUrl() {
    return url(Postgres.DATABASE)
        + ("?user=" + Postgres.SUPERUSER + "&password=" + superuserPassword);
  }

  @Override
  boolean answers() {
    try (var _ = connect()) {
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  private Connection connect() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", Postgres.SUPERUSER);
    properties.setProperty("password", superuserPassword);
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "70");
    return DriverManager.getConnection(url(Postgres.SUPERUSER), properties);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }
}
