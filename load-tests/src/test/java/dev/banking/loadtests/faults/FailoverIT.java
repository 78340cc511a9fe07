package dev.banking.loadtests.faults;

import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.bank.Bank;
import dev.banking.localstack.Standby;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The primary of the database dies, and the standby that follows it takes over. */
@Tag("scale")
class FailoverIT {

  private static final Duration BEFORE = Duration.ofSeconds(5);
  private static final Duration AFTER = Duration.ofSeconds(10);
  private static final Duration RECOVERY = Duration.ofSeconds(10);

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    try (var bank =
        Bank.startFollowed(Path.of(".."), Path.of("target", "failover.log"), Map.of())) {
      onPrimary(
          bank, "ALTER SYSTEM SET synchronous_standby_names = '" + Standby.APPLICATION_NAME + "'");
      onPrimary(bank, "SELECT pg_reload_conf()");
      await("the standby is synchronous")
          .until(
              () -> onPrimary(bank, "SELECT sync_state FROM pg_stat_replication"), "sync"::equals);

      var run = FaultRun.begin(bank, "PostgreSQL: primary killed, standby promoted", BEFORE);
      try {
        run.broken();
        bank.backends().postgres().kill();
        bank.failOver();
        run.restored();
        run.goOn(AFTER);
      } finally {
        FaultRun.endTraffic();
      }
      run.finish().assertNothingLostNothingTwice().assertRecoversWithin(RECOVERY);
    }
  }

  private static String onPrimary(Bank bank, String sql) throws SQLException {
    try (var connection = bank.superuser();
        var statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      var rows = statement.getResultSet();
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }
}
