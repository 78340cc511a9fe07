package dev.banking.localstack;

import java.sql.SQLException;

/**
 * A copy of the database that follows it over a stream and answers reads; whoever promotes it makes
 * it the primary. Its first start copies the primary, which must be running.
 */
public final class Standby extends Server {

  static final String NAME = "standby";

  /** By what {@code synchronous_standby_names} of the primary can name it. */
  public static final String APPLICATION_NAME = BaseBackup.FOLLOWER;

  private final Superuser superuser;

  Standby(int port, Launcher launcher, Superuser superuser) {
    super(NAME, port, launcher);
    this.superuser = superuser;
  }

  /** Makes it a primary, and returns when it takes changes. */
  public void promote() {
    try (var connection = superuser.connect(Superuser.NAME);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT pg_promote(true, 15)")) {
      if (!rows.next() || !rows.getBoolean(1)) {
        throw new BackendException("The standby was not promoted within 15 seconds");
      }
    } catch (SQLException e) {
      throw new BackendException("Cannot promote the standby: " + e.getMessage(), e);
    }
  }

  /** For a look behind the curtain in tests; has user and password in it. */
  public String superuserJdbcUrl() {
    return superuser.jdbcUrl(Postgres.DATABASE);
  }

  @Override
  boolean answers() {
    return superuser.isAnswered();
  }
}
