package dev.banking.audit;

import dev.banking.localstack.Backends;
import dev.banking.localstack.Postgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database that no other test has written to, seen with the eyes of two roles. */
final class TestDatabase {

  private final Backends backends = Backends.shared();
  private final String name = "audit_" + UUID.randomUUID().toString().replace("-", "");

  TestDatabase() {
    try (var connection = DriverManager.getConnection(backends.postgres().superuserJdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " OWNER banking");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String name() {
    return name;
  }

  JdbcClient superuser() {
    var url = backends.postgres().superuserJdbcUrl().replace("/banking?", "/" + name + "?");
    return JdbcClient.create(new DriverManagerDataSource(url));
  }

  /** The role that the application itself has. */
  JdbcClient application() {
    var url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(backends.postgres().port(), name);
    return JdbcClient.create(
        new DriverManagerDataSource(url, Postgres.ROLE, backends.postgres().password()));
  }

  long entries() {
    return superuser().sql("SELECT count(*) FROM audit.audit_log").query(Long.class).single();
  }

  /** What no role of ours can do: the triggers are off while {@code sql} runs. */
  void tamper(String... sql) {
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
