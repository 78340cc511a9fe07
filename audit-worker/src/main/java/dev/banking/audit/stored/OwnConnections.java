package dev.banking.audit.stored;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/** Connections beside the pool, whose own give up too soon for a pass over the whole book. */
@Component
public class OwnConnections {

  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(61);

  private final JdbcConnectionDetails database;

  OwnConnections(JdbcConnectionDetails database) {
    this.database = database;
  }

  /** A connection for a pass over the whole book, for the caller to close. */
  public Connection open(String purpose) throws SQLException {
    return open(purpose, LONGEST_ANSWER);
  }

  /**
   * A connection for the caller to close.
   *
   * @param purpose for whoever looks at the server's list of them
   * @param longestAnswer how long one statement may take
   */
  public Connection open(String purpose, Duration longestAnswer) throws SQLException {
    var details = new Properties();
    details.setProperty("user", Objects.requireNonNullElse(database.getUsername(), ""));
    details.setProperty("password", Objects.requireNonNullElse(database.getPassword(), ""));
    details.setProperty("connectTimeout", "2");
    details.setProperty("socketTimeout", Long.toString(longestAnswer.toSeconds()));
    details.setProperty("tcpKeepAlive", "true");
    details.setProperty("ApplicationName", "audit-worker " + purpose);
    var url = database.getJdbcUrl();
    var parameters = url.indexOf('?');
    return DriverManager.getConnection(
        parameters < 0 ? url : url.substring(0, parameters), details);
  }
}
