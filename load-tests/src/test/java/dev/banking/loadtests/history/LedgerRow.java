package dev.banking.loadtests.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One row of {@code banking.ledger_entry}.
 *
 * @param cents the signed amount
 * @param balanceCents the balance after it
 */
public record LedgerRow(
    long userId, long sequence, long cents, long balanceCents, String requestId) {

  private static final String OF_USERS =
      """
      SELECT user_id, sequence, (amount * 100)::bigint, (balance * 100)::bigint, request_id
      FROM banking.ledger_entry WHERE user_id = ANY (?) ORDER BY user_id, sequence
      """;

  /** All of these users, by user and sequence. */
  public static List<LedgerRow> ofUsers(Connection connection, Collection<Long> users)
      throws SQLException {
    try (var statement = connection.prepareStatement(OF_USERS)) {
      statement.setArray(1, connection.createArrayOf("bigint", users.toArray()));
      var found = new ArrayList<LedgerRow>();
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          found.add(
              new LedgerRow(
                  row.getLong(1),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getString(5)));
        }
      }
      return found;
    }
  }
}
