package dev.banking.api.ledger;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.banking.api.Api;
import dev.banking.api.RealBackends;
import dev.banking.localstack.Backends;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Append-only is the database's word. */
@RealBackends
class AppendOnlyIT {

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE banking.ledger_entry SET amount = 1",
        "DELETE FROM banking.ledger_entry",
        "TRUNCATE banking.ledger_entry",
        "TRUNCATE banking.ledger_entry CASCADE"
      })
  void refusesTheApplicationsOwnRole(String statement) {
    new Api(port).createUser("1");
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(() -> jdbc.sql(statement).update())
        .withStackTraceContaining("permission denied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE banking.ledger_entry SET amount = 1",
        "DELETE FROM banking.ledger_entry",
        "TRUNCATE banking.ledger_entry"
      })
  void refusesASuperuserToo(String statement) throws SQLException {
    new Api(port).createUser("1");
    try (var connection =
            DriverManager.getConnection(Backends.shared().postgres().superuserJdbcUrl());
        var sql = connection.createStatement()) {
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> sql.executeUpdate(statement))
          .withMessageContaining("is append-only");
    }
  }

  @Test
  void refusesABalanceBelowZeroWhateverTheApplicationSays() {
    var id = new Api(port).createUser("1");
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(() ->
            jdbc.sql("UPDATE banking.account SET balance = -1 WHERE user_id = ?")
                .param(id)
                .update())
        .withStackTraceContaining("account_balance_not_negative");
  }
}
