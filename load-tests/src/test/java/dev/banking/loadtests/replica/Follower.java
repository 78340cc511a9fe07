package dev.banking.loadtests.replica;

import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.bank.Bank;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** A bank's standby, and what the API says of it. */
final class Follower {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Bank bank;

  Follower(Bank bank) {
    this.bank = bank;
  }

  /** It stays where it is, and goes on answering. */
  void pause() throws SQLException {
    execute("SELECT pg_wal_replay_pause()");
  }

  void resume() throws SQLException {
    execute("SELECT pg_wal_replay_resume()");
  }

  void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(bank.standby().superuserJdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Until it has the user, and is asked. */
  void awaitAnswers(FlooredClient reader, long user) {
    var before = answered();
    await("the replica answers")
        .atMost(PATIENCE)
        .until(() -> {
          bank.redis("FLUSHALL");
          reader.newestOf("/api/users/" + user, 0);
          return answered() > before;
        });
  }

  /** Until the newest moment of which it has everything is younger. */
  void awaitYoungerThan(Duration age) {
    // NaN is not.
    await("the replica is current")
        .atMost(PATIENCE)
        .until(() -> bank.api().metric("banking_replica_age_seconds") < age.toMillis() / 1000.0);
  }

  /** Reads that it answered. */
  double answered() {
    return bank.api().metric("banking_replica_reads_total{result=\"answered\"}");
  }
}
