package dev.banking.loadtests;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What the tables say about one run. Each method is one question, asked anew. */
final class Books {

  private final RunningSystem system;
  private final Headline headline;

  Books(RunningSystem system, Headline headline) {
    this.system = system;
    this.headline = headline;
  }

  /** The user's row. */
  record Account(BigDecimal balance, long sequence) {}

  /**
   * All ledger entries of the user, since the beginning.
   *
   * @param wrongBalances entries whose balance is not the sum of all amounts up to them
   */
  record Ledger(long entries, long first, long last, BigDecimal sum, long wrongBalances) {}

  /** Ledger entries of this run alone. */
  record RunLedger(long entries, BigDecimal sum) {}

  /** Audit rows of this run alone. */
  record Audit(long applied, long refused, long events) {

    long rows() {
      return applied + refused;
    }
  }

  /** Notifications of this run alone. */
  record Notifications(long rows, long events, long ledgerEntries) {}

  Account account() throws SQLException {
    return ask(
        "SELECT balance, sequence FROM banking.account WHERE user_id = ?",
        statement -> statement.setLong(1, headline.userId()),
        row -> new Account(row.getBigDecimal(1), row.getLong(2)));
  }

  Ledger ledger() throws SQLException {
    return ask(
        """
        SELECT count(*), coalesce(min(sequence), 0), coalesce(max(sequence), 0),
               coalesce(sum(amount), 0), count(*) FILTER (WHERE balance <> expected)
        FROM (SELECT sequence, amount, balance, sum(amount) OVER (ORDER BY sequence) AS expected
              FROM banking.ledger_entry WHERE user_id = ?) entry
        """,
        statement -> statement.setLong(1, headline.userId()),
        row ->
            new Ledger(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getBigDecimal(4),
                row.getLong(5)));
  }

  RunLedger runLedger() throws SQLException {
    return ask(
        """
        SELECT count(*), coalesce(sum(amount), 0) FROM banking.ledger_entry
        WHERE user_id = ? AND starts_with(request_id, ?) AND request_id <> ?
        """,
        this::ofThisRun,
        row -> new RunLedger(row.getLong(1), row.getBigDecimal(2)));
  }

  Audit audit() throws SQLException {
    return ask(
        """
        SELECT count(*) FILTER (WHERE outcome = 'applied'),
               count(*) FILTER (WHERE outcome = 'refused'), count(DISTINCT event_id)
        FROM audit.audit_log
        WHERE user_id = ? AND starts_with(request_id, ?) AND request_id <> ?
        """,
        this::ofThisRun,
        row -> new Audit(row.getLong(1), row.getLong(2), row.getLong(3)));
  }

  Notifications notifications() throws SQLException {
    return ask(
        """
        SELECT count(*), count(DISTINCT n.event_id), count(DISTINCT l.sequence)
        FROM notification.notification n
        LEFT JOIN banking.ledger_entry l ON l.user_id = n.user_id AND l.sequence = n.sequence
        WHERE n.user_id = ? AND starts_with(n.request_id, ?) AND n.request_id <> ?
        """,
        this::ofThisRun,
        row -> new Notifications(row.getLong(1), row.getLong(2), row.getLong(3)));
  }

  /** Events that are committed and not yet with the broker, of whatever run. */
  long waitingInOutbox() throws SQLException {
    return ask("SELECT count(*) FROM banking.outbox", _ -> {}, row -> row.getLong(1));
  }

  private void ofThisRun(PreparedStatement statement) throws SQLException {
    statement.setLong(1, headline.userId());
    statement.setString(2, headline.requestIdPrefix());
    statement.setString(3, headline.setupRequestId());
  }

  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> T ask(String sql, Parameters parameters, Row<T> row) throws SQLException {
    try (Connection connection = system.connect();
        var statement = connection.prepareStatement(sql)) {
      parameters.set(statement);
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new LoadTestException("user " + headline.userId() + " has no account row");
        }
        return row.read(rows);
      }
    }
  }
}
