package dev.banking.api.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.api.RealBackends;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a distributed engine asks of the schema, found out from the catalog of the migrated
 * database: a row's place follows from its user id, so that no key needs a look at another place.
 */
@RealBackends
class KeysIT {

  private static final Map<String, String> OF_NO_USER =
      Map.of(
          "creation_key", "is asked for before its user has an id",
          "outbox_bucket", "sixteen rows for good: leases on the events of many users",
          "flyway_schema_history", "says which migrations ran");

  private static final String KEYS =
      """
      SELECT i.relname AS key, t.relname AS of_table, a.attname AS first_column
      FROM pg_index x
      JOIN pg_class t ON t.oid = x.indrelid
      JOIN pg_class i ON i.oid = x.indexrelid
      LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0]
      WHERE t.relnamespace = 'banking'::regnamespace AND (x.indisunique OR x.indisexclusion)
      """;

  private static final String TABLES =
      """
      SELECT t.relname AS name,
             EXISTS (SELECT FROM pg_index x WHERE x.indrelid = t.oid AND x.indisprimary)
               AS has_key,
             EXISTS (SELECT FROM pg_attribute a
                     WHERE a.attrelid = t.oid AND a.attname = 'user_id' AND a.attnotnull
                       AND a.atttypid = 'bigint'::regtype) AS has_user
      FROM pg_class t
      WHERE t.relnamespace = 'banking'::regnamespace AND t.relkind IN ('r', 'p')
      """;

  record Key(String key, String ofTable, String firstColumn) {}

  record Found(String name, boolean hasKey, boolean hasUser) {}

  @Autowired private JdbcClient jdbc;

  @Test
  void everyKeyBeginsWithTheUser() {
    var keys = jdbc.sql(KEYS).query(Key.class).list();
    assertThat(keys)
        .extracting(Key::key)
        .contains("account_pk", "ledger_entry_pk", "ledger_entry_operation_unique");
    assertThat(keys)
        .filteredOn(key -> !OF_NO_USER.containsKey(key.ofTable()))
        .allSatisfy(key -> assertThat(key.firstColumn()).as(key.key()).isEqualTo("user_id"));
  }

  @Test
  void everyRowBelongsToAUserAndHasAKey() {
    var tables = jdbc.sql(TABLES).query(Found.class).list();
    assertThat(tables)
        .filteredOn(table -> !OF_NO_USER.containsKey(table.name()))
        .extracting(Found::name)
        .contains("account", "ledger_entry", "idempotency_key", "outbox");
    assertThat(tables)
        .allSatisfy(table -> assertThat(table.hasKey()).as(table.name()).isTrue())
        .filteredOn(table -> !OF_NO_USER.containsKey(table.name()))
        .allSatisfy(table -> assertThat(table.hasUser()).as(table.name()).isTrue());
    assertThat(tables)
        .as("exceptions that are still there")
        .extracting(Found::name)
        .containsAll(OF_NO_USER.keySet());
  }

  /** A foreign key would have to begin with the user too, and would cost a look for each row. */
  @Test
  void noRowPointsToAnother() {
    var references =
        jdbc.sql(
                """
                SELECT conname FROM pg_constraint
                WHERE contype = 'f' AND connamespace = 'banking'::regnamespace
                """)
            .query(String.class)
            .list();
    assertThat(references).isEmpty();
  }
}
