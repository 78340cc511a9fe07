package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.audit.book.TestBook;
import dev.banking.audit.checkpoint.TestSigning;
import dev.banking.audit.seal.SigningKey;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A book that was there before it had months. */
class ConversionIT {

  private static final String BEFORE_MONTHS = "11";
  private static final String LAST = "2024-03-31T23:59:59.999999Z";

  private final TestDatabase database = new TestDatabase();
  private final TestDatabase old = new TestDatabase();
  private final Changes changes = new Changes(new SplittableRandom(5));

  @Test
  void becomesOnePartWhoseChainGoesOn() throws Exception {
    var keyFile = Worker.signingKey(old);
    SigningKey.make(keyFile);
    var key = SigningKey.read(keyFile);
    Files.writeString(SigningKey.publicFile(keyFile), key.publicPem());
    migrate(database, "latest");
    append(database, "2024-01-31T12:00:00Z", key);
    append(database, LAST, key);
    migrate(old, BEFORE_MONTHS);
    copyTheBook();

    migrate(old, "latest");
    soundWith(600);
    assertThat(parts())
        .contains("audit_log_2024_03 FOR VALUES FROM (MINVALUE) TO ('2024-04-01 00:00:00+00')");
    append(old, "2024-04-01T00:00:00Z", key);
    append(old, LAST, key);
    soundWith(1_200);
    assertThat(parts())
        .contains(
            "audit_log_2024_04 FOR VALUES FROM ('2024-04-01 00:00:00+00')"
                + " TO ('2024-05-01 00:00:00+00')");
  }

  private void append(TestDatabase to, String now, SigningKey key) {
    var source = to.source();
    var clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    var transactions = new DataSourceTransactionManager(source);
    new TestBook(source, transactions, clock).append(changes.some(300, 1, 2));
    new TestSigning(source, transactions, clock, key).sign();
  }

  private void soundWith(long entries) {
    var operator = new Operator(old);
    assertThat(operator.types("verify", "--without-ledger")).as(operator.sees()).isZero();
    assertThat(operator.sees()).contains("entries " + entries);
  }

  private List<@Nullable String> parts() {
    return old.superuser()
        .sql(
            """
            SELECT relname || ' ' || pg_get_expr(relpartbound, oid) FROM pg_class
             WHERE relispartition AND relkind = 'r' AND relnamespace = 'audit'::regnamespace
            """)
        .query(String.class)
        .list();
  }

  private void copyTheBook() throws SQLException, IOException {
    old.superuser().sql("ALTER TABLE audit.chain_head DISABLE TRIGGER USER").update();
    old.superuser().sql("DELETE FROM audit.chain_head").update();
    for (var table : List.of("audit_log", "recorded_event", "chain_head", "checkpoint")) {
      var rows = new StringWriter();
      try (var from = database.superuserConnection();
          var to = old.superuserConnection()) {
        from.unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (SELECT * FROM audit." + table + ") TO STDOUT", rows);
        to.unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY audit." + table + " FROM STDIN", new StringReader(rows.toString()));
      }
    }
  }

  private static void migrate(TestDatabase database, String target) {
    Flyway.configure()
        .dataSource(database.source())
        .schemas("audit")
        .defaultSchema("audit")
        .target(target)
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        // Nothing is granted: the test is the owner.
        .skipDefaultCallbacks(true)
        .load()
        .migrate();
  }
}
