package dev.banking.loadtests.faults;

import dev.banking.loadtests.bank.Bank;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;

/**
 * A gate in front of one kind of statement on one table: a trigger of the superuser that waits, or
 * that fails as the server itself would. Closing this opens the gate and takes the trigger away.
 */
final class Gate implements AutoCloseable {

  private static final int LOCK = 4711;

  private final Connection holder;
  private final Bank bank;
  private final String table;

  /** Makes every such statement wait. */
  Gate(Bank bank, String deed, String table) throws SQLException {
    this(bank, table);
    execute(holder, "SELECT pg_advisory_lock(" + LOCK + ")");
    install(deed, "PERFORM pg_advisory_xact_lock_shared(" + LOCK + ");");
  }

  /** Makes every such statement fail with this code. */
  Gate(Bank bank, String deed, String table, String sqlState) throws SQLException {
    this(bank, table);
    install(deed, "RAISE EXCEPTION 'no' USING ERRCODE = '" + sqlState + "';");
  }

  private Gate(Bank bank, String table) throws SQLException {
    this.bank = bank;
    this.table = table;
    this.holder = bank.superuser();
  }

  private void install(String deed, String body) throws SQLException {
    execute(
        holder,
        """
        CREATE OR REPLACE FUNCTION public.gate() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN %s RETURN NULL; END $$
        """
            .formatted(body));
    execute(
        holder,
        "CREATE TRIGGER gate BEFORE %s ON %s FOR EACH STATEMENT EXECUTE FUNCTION public.gate()"
            .formatted(deed, table));
  }

  /** The client's port of a connection that waits at the gate. */
  OptionalInt waitingPort() throws SQLException {
    try (var connection = bank.superuser();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT client_port FROM pg_stat_activity
                WHERE wait_event_type = 'Lock' AND wait_event = 'advisory'
                """)) {
      return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
    }
  }

  @Override
  public void close() throws SQLException {
    try (holder) {
      execute(holder, "SELECT pg_advisory_unlock_all()");
      execute(holder, "DROP TRIGGER gate ON " + table);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
