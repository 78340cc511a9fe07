package dev.banking.loadtests.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.bank.Bank;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The API reads from a standby, which is paused, late, and asked while the cache is emptied. */
@Tag("scale")
@TestInstance(Lifecycle.PER_CLASS)
class ReplicaIT {

  /** Longer than the tests need, so that only they empty the cache. */
  private static final Map<String, String> SETTINGS =
      Map.of("REDIS_TTL", "60", "DB_REPLICA_MAX_LAG", "5s");

  private static final Duration CACHE_EMPTIED = Duration.ofMillis(50);

  private Bank bank;
  private Follower follower;

  @BeforeAll
  void start() throws IOException {
    bank = Bank.startFollowed(Path.of(".."), Path.of("target", "replica.log"), SETTINGS);
    follower = new Follower(bank);
  }

  @AfterAll
  void stop() throws IOException {
    if (bank != null) {
      bank.close();
    }
  }

  @Test
  void aReaderIsShownNothingOlderThanItsFloor() throws Exception {
    try (var reader = new FlooredClient(bank.api().port())) {
      var user = reader.create();
      follower.awaitAnswers(reader, user);

      var account = "/api/users/" + user;
      var history = account + "/transactions";
      follower.pause();
      try {
        reader.change(user);
        bank.redis("FLUSHALL");
        // The ledger first: what is shown of an account goes into the cache.
        assertThat(reader.newestOf(history, 0)).as("as the replica has it").isEqualTo(1);
        assertThat(reader.newestOf(history, 2)).as("with its floor").isEqualTo(2);
        assertThat(reader.newestOf(history + "?before=3", 0)).as("no gap").isEqualTo(2);
        assertThat(reader.newestOf(account, 0)).as("as the replica has it").isEqualTo(1);
        assertThat(reader.newestOf(account, 2)).as("with its floor").isEqualTo(2);

        await("who does not catch up is not asked any more")
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> {
              var before = follower.answered();
              bank.redis("FLUSHALL");
              assertThat(reader.newestOf(account, 0)).isEqualTo(2);
              assertThat(reader.newestOf(history, 0)).isEqualTo(2);
              assertThat(follower.answered()).isEqualTo(before);
            });
      } finally {
        follower.resume();
      }
      follower.awaitAnswers(reader, user);
    }
  }

  @Test
  void underLoadNobodySeesLessThanTheyHaveSeen() throws Exception {
    // So late that a floor often decides.
    follower.execute("ALTER SYSTEM SET recovery_min_apply_delay = '300ms'");
    follower.execute("SELECT pg_reload_conf()");
    var before = follower.answered();
    try (var readers = new FlooredReaders(bank.api().port())) {
      readers.start();
      for (var i = 0; i < 200; i++) {
        LockSupport.parkNanos(CACHE_EMPTIED.toNanos());
        bank.redis("FLUSHALL");
      }
      System.out.printf(
          "replica: %s, %.0f of them by it%n", readers.stop(), follower.answered() - before);
    }
    assertThat(follower.answered() - before).as("reads by the replica").isGreaterThan(100);
  }
}
