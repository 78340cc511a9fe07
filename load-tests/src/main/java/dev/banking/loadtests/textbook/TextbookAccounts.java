package dev.banking.loadtests.textbook;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Read the account, compute, update where the version is still the same; else once more. */
final class TextbookAccounts {

  private static final int LONGEST_PAUSE_MILLIS = 8;

  private final DataSource dataSource;

  TextbookAccounts(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** A user's state. */
  record Account(long userId, BigDecimal balance, long version) {

    Account plus(BigDecimal amount) {
      return new Account(userId, balance.add(amount), version + 1);
    }
  }

  void createTables() throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE SCHEMA IF NOT EXISTS textbook;
          CREATE TABLE IF NOT EXISTS textbook.account (
            user_id bigint PRIMARY KEY,
            balance numeric(15, 2) NOT NULL CHECK (balance >= 0),
            version bigint NOT NULL
          ) WITH (fillfactor = 50);
          CREATE TABLE IF NOT EXISTS textbook.ledger_entry (
            user_id bigint NOT NULL,
            version bigint NOT NULL,
            amount numeric(15, 2) NOT NULL,
            balance numeric(15, 2) NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (user_id, version)
          );
          INSERT INTO textbook.account SELECT id, 1000000, 0 FROM generate_series(1, 10000) id
          ON CONFLICT DO NOTHING;
          """);
    }
  }

  /**
   * Adds the amount, however often it has to try.
   *
   * @return the new state, or null: the funds are insufficient
   */
  @Nullable Account change(long userId, BigDecimal amount)
      throws SQLException, InterruptedException {
    for (var attempt = 0; ; attempt++) {
      try (var connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        var before = read(connection, userId);
        var after = before.plus(amount);
        if (after.balance().signum() < 0) {
          connection.rollback();
          return null;
        }
        if (update(connection, before, after)) {
          append(connection, after, amount);
          connection.commit();
          return after;
        }
        connection.rollback();
      }
      // With a little patience more attempts succeed: without it, it is slower.
      Thread.sleep(
          ThreadLocalRandom.current().nextInt(1 + Math.min(attempt, LONGEST_PAUSE_MILLIS)));
    }
  }

  private static Account read(Connection connection, long userId) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "SELECT balance, version FROM textbook.account WHERE user_id = ?")) {
      statement.setLong(1, userId);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return new Account(userId, rows.getBigDecimal(1), rows.getLong(2));
      }
    }
  }

  private static boolean update(Connection connection, Account before, Account after)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            UPDATE textbook.account SET balance = ?, version = ?
            WHERE user_id = ? AND version = ?
            """)) {
      statement.setBigDecimal(1, after.balance());
      statement.setLong(2, after.version());
      statement.setLong(3, after.userId());
      statement.setLong(4, before.version());
      return statement.executeUpdate() == 1;
    }
  }

  private static void append(Connection connection, Account after, BigDecimal amount)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            INSERT INTO textbook.ledger_entry (user_id, version, amount, balance)
            VALUES (?, ?, ?, ?)
            """)) {
      statement.setLong(1, after.userId());
      statement.setLong(2, after.version());
      statement.setBigDecimal(3, amount);
      statement.setBigDecimal(4, after.balance());
      statement.executeUpdate();
    }
  }
}
