package dev.banking.audit;

import dev.banking.localstack.Backends;
import dev.banking.localstack.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database that no other test has written to, seen with the eyes of two roles. */
public final class TestDatabase {

  private final Backends backends = Backends.shared();
  private final String name = "audit_" + UUID.randomUUID().toString().replace("-", "");

  public TestDatabase() {
    try (var connection = DriverManager.getConnection(backends.postgres().superuserJdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " OWNER banking");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public String name() {
    return name;
  }

  public JdbcClient superuser() {
    return JdbcClient.create(new DriverManagerDataSource(superuserUrl()));
  }

  /** For the caller to close. */
  public Connection superuserConnection() throws SQLException {
    return DriverManager.getConnection(superuserUrl());
  }

  private String superuserUrl() {
    return backends.postgres().superuserJdbcUrl().replace("/banking?", "/" + name + "?");
  }

  /** The role that the application itself has. */
  public JdbcClient application() {
    return JdbcClient.create(source());
  }

  /** As the application connects. */
  public DataSource source() {
    var url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(backends.postgres().port(), name);
    return new DriverManagerDataSource(url, Postgres.ROLE, backends.postgres().password());
  }

  long entries() {
    return superuser().sql("SELECT count(*) FROM audit.audit_log").query(Long.class).single();
  }

  /** What no role of ours can do: the triggers are off while {@code sql} runs. */
  public void tamper(String... sql) {
    superuser().sql("ALTER TABLE audit.audit_log DISABLE TRIGGER ALL").update();
    for (var statement : sql) {
      superuser().sql(statement).update();
    }
    superuser()
        .sql("ALTER TABLE audit.audit_log ENABLE ALWAYS TRIGGER audit_log_append_only")
        .update();
    superuser()
        .sql("ALTER TABLE audit.audit_log ENABLE ALWAYS TRIGGER audit_log_no_truncate")
        .update();
  }
}
