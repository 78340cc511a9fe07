package dev.banking.audit.reconcile;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks all questions in one snapshot. What is missing may be on its way between broker and worker,
 * whatever its age: after an outage old events are published late. So it is looked for once more
 * after the grace, and only what is still missing then is a difference.
 */
final class Reconciliation {

  private static final int FETCH_ROWS = 1_000;

  private final Connections connections;
  private final Pause pause;

  Reconciliation(Connections connections, Pause pause) {
    this.connections = connections;
    this.pause = pause;
  }

  /** Where a connection comes from; it is closed after each look. */
  @FunctionalInterface
  interface Connections {
    Connection open() throws SQLException;
  }

  /** Lets time pass. */
  @FunctionalInterface
  interface Pause {
    void wait(Duration duration) throws InterruptedException;
  }

  /**
   * Looks, and looks again when something is missing.
   *
   * @param grace how long a message may be on its way
   */
  Findings run(Duration grace) throws SQLException, InterruptedException {
    var findings = look(grace);
    var missing = findings.perhapsOnTheirWay();
    if (!missing.isEmpty()) {
      pause.wait(grace);
      var still = stillMissing(missing);
      findings.remove(
          difference -> difference.kind().mayBeOnItsWay() && !still.contains(difference));
    }
    return findings;
  }

  private Findings look(Duration grace) throws SQLException {
    try (var connection = begin()) {
      var findings = new Findings(totals(connection));
      for (var question : Question.values()) {
        ask(connection, question, grace, findings);
      }
      connection.rollback();
      return findings;
    }
  }

  /** One snapshot, nothing written; a process of its own on the server is enough for it. */
  private Connection begin() throws SQLException {
    var connection = connections.open();
    try {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (var statement = connection.createStatement()) {
        statement.execute(
            """
            SET LOCAL statement_timeout = '10min';
            SET LOCAL work_mem = '64MB';
            SET LOCAL max_parallel_workers_per_gather = 0;
            SET LOCAL TimeZone = 'UTC'
            """);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Findings.Totals totals(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(Question.TOTALS)) {
      row.next();
      return new Findings.Totals(
          row.getString("at"),
          row.getLong("accounts"),
          row.getLong("entries"),
          row.getLong("waiting"),
          row.getLong("recorded"),
          row.getLong("notifications"));
    }
  }

  private static void ask(
      Connection connection, Question question, Duration grace, Findings findings)
      throws SQLException {
    try (var statement = connection.prepareStatement(question.sql())) {
      statement.setFetchSize(FETCH_ROWS);
      if (question.hasGrace()) {
        statement.setDouble(1, grace.toMillis() / 1e3);
      }
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          findings.add(Difference.of(rows));
        }
      }
    }
  }

  private Set<Difference> stillMissing(List<Difference> missing) throws SQLException {
    var still = new HashSet<Difference>();
    try (var connection = begin();
        var statement = connection.prepareStatement(Question.STILL_MISSING)) {
      statement.setArray(
          1, connection.createArrayOf("text", column(missing, row -> row.kind().word())));
      statement.setArray(
          2, connection.createArrayOf("bigint", column(missing, Difference::userId)));
      statement.setArray(3, connection.createArrayOf("uuid", column(missing, Difference::eventId)));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          still.add(missing.get(rows.getInt("number") - 1));
        }
      }
      connection.rollback();
    }
    return still;
  }

  private static @Nullable Object[] column(
      List<Difference> rows, Function<Difference, @Nullable Object> column) {
    return rows.stream().map(column).toArray();
  }
}
