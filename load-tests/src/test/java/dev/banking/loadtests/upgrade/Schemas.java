package dev.banking.loadtests.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.loadtests.bank.Bank;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** How far the schemas of a bank have come. */
final class Schemas {

  private Schemas() {}

  /** The last migration of each. */
  static List<String> of(Bank bank) throws SQLException {
    var found = new ArrayList<String>();
    try (var connection = bank.superuser();
        var statement = connection.createStatement()) {
      for (var schema : List.of("banking", "notification", "audit")) {
        try (var rows =
            statement.executeQuery(
                "SELECT script FROM "
                    + schema
                    + ".flyway_schema_history WHERE version IS NOT NULL"
                    + " ORDER BY installed_rank DESC LIMIT 1")) {
          assertThat(rows.next()).isTrue();
          found.add(schema + " " + rows.getString(1));
        }
      }
    }
    return found;
  }
}
