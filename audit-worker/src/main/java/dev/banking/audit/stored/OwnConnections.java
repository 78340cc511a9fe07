package dev.banking.audit.stored;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/** Connections beside the pool, whose own give up too soon for a pass over the whole book. */
@Component
public class OwnConnections {

  private final JdbcConnectionDetails database;

  OwnConnections(JdbcConnectionDetails database) {
    this.database = database;
  }

  /**
   * A connection for the caller to close.
   *
   * @param purpose for whoever looks at the server's list of them
   */
  public Connection open(String purpose) throws SQLException {
    var details = new Properties();
    details.setProperty("user", Objects.requireNonNullElse(database.getUsername(), ""));
    details.setProperty("password", Objects.requireNonNullElse(database.getPassword(), ""));
    details.setProperty("connectTimeout", "2");
    details.setProperty("socketTimeout", "3660");
    details.setProperty("tcpKeepAlive", "true");
    details.setProperty("ApplicationName", "audit-worker " + purpose);
    var url = database.getJdbcUrl();
    var parameters = url.indexOf('?');
    return DriverManager.getConnection(
        parameters < 0 ? url : url.substring(0, parameters), details);
  }
}
