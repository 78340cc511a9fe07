package dev.banking.audit.reconcile;

import dev.banking.audit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * All books, with the applications' own schemas, in a database of a test's own: written by SQL, as
 * if everything had gone well. User u has an opening balance of 1000000.00 and some changes of -1.
 */
public final class Books {

  private final TestDatabase database;

  /** The schemas, empty. */
  public Books(TestDatabase database) {
    this.database = database;
    migrate("banking", "api-service");
    migrate("notification", "notification-worker");
    migrate("audit", "audit-worker");
  }

  private void migrate(String schema, String module) {
    Flyway.configure()
        .dataSource(database.source())
        .schemas(schema)
        .defaultSchema(schema)
        .locations("filesystem:../" + module + "/src/main/resources/db/migration")
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        // Nothing is granted: the test is the owner.
        .skipDefaultCallbacks(true)
        .load()
        .migrate();
  }

  /** Users 1 to {@code users}, each with so many entries, all of them told an hour ago. */
  public Books write(int users, int entries) {
    run(
        """
        INSERT INTO banking.ledger_entry
        SELECT u, s, CASE WHEN s = 1 THEN 1000000 ELSE -1 END, 1000001 - s,
               md5(u || '-' || s)::uuid, 'ada', 'request', now() - interval '1 hour'
          FROM generate_series(1, %d) u, generate_series(1, %d) s
        """
            .formatted(users, entries));
    run(
        """
        INSERT INTO banking.account
        SELECT user_id, 1000001 - count(*), count(*), 0, now() - interval '1 hour', now()
          FROM banking.ledger_entry GROUP BY user_id
        """);
    run(
        """
        INSERT INTO audit.audit_log
        SELECT row_number() OVER (ORDER BY sequence, user_id), 1, operation_id, 'type', actor,
               user_id, sequence, operation_id, amount, balance - amount, balance,
               CASE WHEN sequence = 1 THEN 'created' ELSE 'applied' END, NULL, request_id, NULL,
               created_at, now(), decode(repeat('ab', 450), 'hex'), sha256(''), sha256('')
          FROM banking.ledger_entry
        """);
    run("INSERT INTO audit.recorded_event SELECT event_id, position FROM audit.audit_log");
    run(
        """
        INSERT INTO notification.notification
        SELECT user_id, operation_id, sequence, 'balance.updated', 'log', 'SENT', 1, NULL, NULL,
               repeat('x', 450), request_id, NULL, created_at, now(), now()
          FROM banking.ledger_entry WHERE sequence > 1
        """);
    return this;
  }

  /** As the application, which may not do everything. */
  public void run(String sql) {
    database.application().sql(sql).update();
  }

  /** As somebody who passes all triggers by. */
  public void tamper(String sql) {
    database.superuser().sql("SET session_replication_role = replica; " + sql).update();
  }

  /** As well, in the audit book, whose triggers always fire. */
  public void tamperWithAudit(String sql) {
    database.tamper(sql);
  }

  Connection open() throws SQLException {
    return database.source().getConnection();
  }
}
