package dev.banking.localstack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The one who may do everything in a PostgreSQL of this machine.
 *
 * @param port where it listens
 */
record Superuser(int port, String password) {

  /** Also the database that is there from the start. */
  static final String NAME = "postgres";

  private static final int CONNECT_SECONDS = 2;
  private static final int ANSWER_SECONDS = 20;

  /** For the caller to close. */
  Connection connect(String database) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", NAME);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
    return DriverManager.getConnection(url(database), properties);
  }

  /** Whether the server takes connections. */
  boolean isAnswered() {
    try (var _ = connect(NAME)) {
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  /** With user and password in it. */
  String jdbcUrl(String database) {
    return url(database) + "?user=" + NAME + "&password=" + password;
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}
