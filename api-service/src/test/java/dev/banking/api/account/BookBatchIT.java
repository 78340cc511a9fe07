package dev.banking.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.api.Api;
import dev.banking.api.RealBackends;
import dev.banking.api.account.FaultyTransactions.Fault;
import dev.banking.api.cache.AccountCache;
import dev.banking.api.http.IfMatch;
import dev.banking.api.http.RequestContext;
import dev.banking.api.idempotency.IdempotencyKeys;
import dev.banking.api.idempotency.KeyedOutcome;
import dev.banking.api.ledger.Ledger;
import dev.banking.api.metrics.BookingMetrics;
import dev.banking.api.outbox.OutboxRelay;
import dev.banking.common.Money;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The truth for every command of a batch, whatever happens to the batch's transaction. */
@RealBackends
@Timeout(60)
class BookBatchIT {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration SETTLE = Duration.ofMillis(300);
  private static final BookingProperties PROPERTIES =
      new BookingProperties(
          2, 4, Duration.ofMillis(200), Duration.ofMillis(20), Duration.ofSeconds(2), SETTLE);

  @LocalServerPort private int port;
  @Autowired private Accounts accounts;
  @Autowired private AccountCache cache;
  @Autowired private Booking booking;
  @Autowired private DataSource dataSource;
  @Autowired private IdempotencyKeys keys;
  @Autowired private JdbcClient jdbc;
  @Autowired private Ledger ledger;
  @Autowired private OutboxRelay relay;
  @Autowired private PlatformTransactionManager real;

  private FaultyTransactions faulty;
  private BookBatch bookBatch;
  private SimpleMeterRegistry metrics;
  private long id;

  @BeforeEach
  void begin() {
    faulty = new FaultyTransactions(real);
    metrics = new SimpleMeterRegistry();
    bookBatch =
        new BookBatch(
            booking,
            cache,
            relay,
            new TransactionTemplate(faulty),
            PROPERTIES,
            new BookingMetrics(metrics));
    id = new Api(port).createUser("100");
  }

  @Test
  void booksTheBatchInOneTransactionAndShowsItToReaders() {
    var other = new Api(port).createUser("5");
    var outcomes = execute(change(-100), change(-20_000), on(other, 1, null), change(50));
    assertThat(outcomes)
        .extracting(BookBatchIT::brief)
        .containsExactly(
            "Booked 99.00 2", "Insufficient 99.00 2", "Booked 5.01 2", "Booked 99.50 3");
    assertThat(faulty.begun()).isEqualTo(1);
    assertThat(accounts.read(id)).contains(Objects.requireNonNull(cache.find(id).account()));
    assertThat(accounts.read(other)).contains(Objects.requireNonNull(cache.find(other).account()));
    assertThat(accounts.read(id).orElseThrow().balance()).hasToString("99.50");
    assertThat(entries()).isEqualTo(3);
    assertThat(outcomes("booked")).isEqualTo(3);
    assertThat(outcomes("insufficient_funds")).isEqualTo(1);
    assertThat(outcomes("unknown")).as("known before it happens").isZero();
    assertThat(metrics.get("banking.lane.batch.size").summary().totalAmount()).isEqualTo(4);
    assertThat(metrics.get("banking.lane.wait").timer().count()).isEqualTo(1);
    assertThat(metrics.get("banking.booking").timer().count()).isEqualTo(1);
  }

  private double outcomes(String word) {
    return metrics.get("banking.outcomes").tag("outcome", word).counter().count();
  }

  private double counted(String name) {
    return metrics.get("banking.booking." + name).counter().count();
  }

  @Test
  void knowsNoUserThatIsNotThere() {
    assertThat(execute(on(Long.MAX_VALUE, -1, "k"), change(-100)))
        .extracting(BookBatchIT::brief)
        .containsExactly("UserNotFound", "Booked 99.00 2");
  }

  @Test
  void triesAgainAfterConflicts() {
    faulty.next(Fault.CONFLICT, Fault.CONFLICT, Fault.CONFLICT);
    assertThat(execute(change(-100)))
        .extracting(BookBatchIT::brief)
        .containsExactly("Booked 99.00 2");
    assertThat(faulty.begun()).isEqualTo(4);
    assertThat(counted("conflicts")).isEqualTo(3);
    assertThat(counted("locked")).as("from the third attempt on").isEqualTo(2);
  }

  @Test
  void givesUpAfterTooManyConflicts() {
    faulty.next(Fault.CONFLICT, Fault.CONFLICT, Fault.CONFLICT, Fault.CONFLICT);
    assertThat(execute(change(-100))).containsExactly(new Outcome.Overloaded());
    assertThat(faulty.begun()).isEqualTo(4);
    assertThat(entries()).isEqualTo(1);
    assertThat(bookBatch.isDatabaseAway()).isFalse();
  }

  @Test
  void waitsForTheAccountsLockAfterConflicts() throws Exception {
    // A refusal changes no row: it meets the lock only when it asks for it.
    try (var holder = dataSource.getConnection()) {
      holder.setAutoCommit(false);
      lock(holder, "SELECT 1 FROM banking.account WHERE user_id = " + id + " FOR UPDATE");
      faulty.next(Fault.CONFLICT);
      assertThat(execute(change(-20_000)))
          .extracting(BookBatchIT::brief)
          .containsExactly("Insufficient 100.00 1");

      faulty.next(Fault.CONFLICT, Fault.CONFLICT);
      var batch = Batches.tickets(change(-20_000));
      var lane = Thread.ofPlatform().start(() -> bookBatch.execute(batch));
      await().atMost(LONG).until(this::someoneWaitsForALock);
      assertThat(batch.getFirst().outcome()).isNotDone();
      holder.rollback();
      lane.join();
      assertThat(Batches.outcomesOf(batch, SOON))
          .extracting(BookBatchIT::brief)
          .containsExactly("Insufficient 100.00 1");
    }
  }

  @Test
  void waitsAMomentForADatabaseThatComesBack() {
    faulty.next(Fault.CANNOT_BEGIN, Fault.CANNOT_BEGIN);
    var start = System.nanoTime();
    assertThat(execute(change(-100)))
        .extracting(BookBatchIT::brief)
        .containsExactly("Booked 99.00 2");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(PROPERTIES.pause().multipliedBy(2));
    assertThat(bookBatch.isDatabaseAway()).isFalse();
  }

  @Test
  void refusesAtOnceWhileTheDatabaseIsAwayAndNotForLonger() {
    faulty.then(Fault.CANNOT_BEGIN);
    var start = System.nanoTime();
    assertThat(execute(change(-100), change(-1)))
        .containsExactly(new Outcome.Unavailable(), new Outcome.Unavailable());
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(PROPERTIES.retryFor());
    assertThat(bookBatch.isDatabaseAway()).isTrue();
    var begun = faulty.begun();
    assertThat(begun).isGreaterThan(2);
    assertThat(execute(change(-100))).containsExactly(new Outcome.Unavailable());
    assertThat(faulty.begun()).as("it was left alone").isEqualTo(begun);
    faulty.then(Fault.NONE);
    await().atMost(LONG).until(() -> !bookBatch.isDatabaseAway());
    assertThat(execute(change(-100)))
        .extracting(BookBatchIT::brief)
        .containsExactly("Booked 99.00 2");
  }

  @Test
  void saysAppliedWhenOnlyTheAnswerToTheCommitWasLost() {
    faulty.next(Fault.ANSWER_LOST);
    assertThat(execute(change(-100), change(-20_000)))
        .extracting(BookBatchIT::brief)
        .containsExactly("Booked 99.00 2", "Insufficient 99.00 2");
    assertThat(entries()).isEqualTo(2);
    assertThat(Objects.requireNonNull(cache.find(id).account()).balance()).hasToString("99.00");
  }

  @Test
  void booksAgainWhenTheCommitItselfWasLost() {
    faulty.next(Fault.COMMIT_LOST);
    assertThat(execute(change(-100)))
        .extracting(BookBatchIT::brief)
        .containsExactly("Booked 99.00 2");
    assertThat(entries()).isEqualTo(2);
    assertThat(faulty.begun()).as("commit, inquiry, commit").isEqualTo(3);
    assertThat(counted("lost.commits")).isEqualTo(1);
  }

  @Test
  void asksUntilItIsAnswered() {
    faulty.next(Fault.ANSWER_LOST, Fault.CANNOT_BEGIN, Fault.CONFLICT);
    var start = System.nanoTime();
    assertThat(execute(change(-100)))
        .extracting(BookBatchIT::brief)
        .containsExactly("Booked 99.00 2");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(PROPERTIES.pause().multipliedBy(2));
    assertThat(entries()).isEqualTo(2);
  }

  @Test
  void admitsThatItDoesNotKnowWhenNobodyAnswers() {
    faulty.next(Fault.ANSWER_LOST);
    faulty.then(Fault.CANNOT_BEGIN);
    var start = System.nanoTime();
    assertThat(execute(change(-100), change(-20_000)))
        .containsExactly(new Outcome.Unknown(), new Outcome.Unavailable());
    assertThat(outcomes("unknown")).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SETTLE);
    assertThat(bookBatch.isDatabaseAway()).isTrue();
  }

  @Test
  void saysNotAppliedWhenEveryCommitIsLost() {
    for (var i = 0; i < 10_000; i++) {
      faulty.next(Fault.COMMIT_LOST, Fault.NONE);
    }
    assertThat(execute(change(-100))).containsExactly(new Outcome.Unavailable());
    assertThat(faulty.begun()).as("tried again for a while").isGreaterThan(2);
    assertThat(entries()).isEqualTo(1);
  }

  @Test
  void writesARefusalAgainWhenItsCommitWasLost() throws Exception {
    try (var relays = dataSource.getConnection()) {
      relays.setAutoCommit(false);
      lock(relays, "SELECT 1 FROM banking.outbox_bucket FOR UPDATE");
      faulty.next(Fault.COMMIT_LOST);
      // Affordable by now: it stays refused all the same.
      faulty.meanwhile(() -> new Api(port).put(id, "1000"));
      var first = on(id, -20_000, "k");
      assertThat(execute(first, first))
          .extracting(BookBatchIT::brief)
          .containsExactly("Insufficient 100.00 1", "Insufficient 100.00 1 replayed");
      assertThat(remembered("k")).isEqualTo("insufficient_funds");
      assertThat(events(first)).isEqualTo(1);
    }
  }

  @Test
  void writesARefusalAgainBesideWhatIsThere() throws Exception {
    try (var relays = dataSource.getConnection()) {
      relays.setAutoCommit(false);
      lock(relays, "SELECT 1 FROM banking.outbox_bucket FOR UPDATE");
      faulty.next(Fault.ANSWER_LOST);
      var refused = on(id, -20_000, "k");
      assertThat(execute(refused, on(id, -30_000, null)))
          .extracting(BookBatchIT::brief)
          .containsExactly("Insufficient 100.00 1", "Insufficient 100.00 1");
      assertThat(remembered("k")).isEqualTo("insufficient_funds");
      assertThat(events(refused)).as("the same event, twice").isEqualTo(2);
    }
  }

  @Test
  void followsAnotherProcessThatHasDecidedTheKeyMeanwhile() {
    faulty.next(Fault.COMMIT_LOST);
    faulty.meanwhile(() -> {
      new Api(port).put(id, "1000");
      new Api(port).put(id, "-200", "Idempotency-Key", "k");
    });
    assertThat(execute(on(id, -20_000, "k")))
        .extracting(BookBatchIT::brief)
        .containsExactly("Booked 900.00 3 replayed");
    assertThat(entries()).isEqualTo(3);
  }

  @Test
  void splitsTheBatchUntilThePoisonStandsAlone() {
    var poison = change(-1);
    assertThat(execute(poison)).extracting(BookBatchIT::brief).containsExactly("Booked 99.99 2");
    var outcomes = execute(change(-99), poison, change(-100), on(id, -100, "k"), change(-100));
    assertThat(outcomes)
        .extracting(BookBatchIT::brief)
        .containsExactly(
            "Booked 99.00 3", "Failed", "Booked 98.00 4", "Booked 97.00 5", "Booked 96.00 6");
    assertThat(entries()).isEqualTo(6);
  }

  @Test
  void replaysKeysAndKeepsPreconditionsInOneBatch() {
    execute(on(id, -100, "k"));
    var stale =
        new BalanceChange(
            id,
            new Money(-1),
            null,
            new IfMatch(false, Set.of(1L)),
            OperationIds.next(),
            new RequestContext("me", "r", null));
    assertThat(execute(on(id, -100, "k"), on(id, -101, "k"), stale))
        .extracting(BookBatchIT::brief)
        .containsExactly("Booked 99.00 2 replayed", "KeyReused", "PreconditionFailed");
    assertThat(entries()).isEqualTo(2);
  }

  @Test
  void tellsTheTimeThatTheLedgerKeeps() {
    var booked = (Outcome.Booked) execute(change(-100)).getFirst();
    assertThat(booked.updatedAt())
        .isEqualTo(ledger.newestFirst(id, Long.MAX_VALUE, 1).getFirst().createdAt());
  }

  private BalanceChange change(long cents) {
    return on(id, cents, null);
  }

  private static BalanceChange on(long userId, long cents, @Nullable String key) {
    return Batches.change(userId, cents, key);
  }

  private List<Outcome> execute(BalanceChange... commands) {
    var batch = Batches.tickets(commands);
    bookBatch.execute(batch);
    return Batches.outcomesOf(batch, SOON);
  }

  private static String brief(Outcome outcome) {
    var replayed = outcome.replayed() ? " replayed" : "";
    return switch (outcome) {
      case Outcome.Booked b -> "Booked " + b.balance() + " " + b.sequence() + replayed;
      case Outcome.InsufficientFunds r ->
          "Insufficient " + r.balance() + " " + r.sequence() + replayed;
      default -> outcome.getClass().getSimpleName();
    };
  }

  private static void lock(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      var _ = statement.execute(sql);
    }
  }

  private boolean someoneWaitsForALock() {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT 1 FROM pg_stat_activity
              WHERE wait_event_type = 'Lock' AND query LIKE '%banking.account%')
            """)
        .query(Boolean.class)
        .single();
  }

  private long entries() {
    return ledger.newestFirst(id, Long.MAX_VALUE, 100).size();
  }

  private @Nullable String remembered(String key) {
    var found = keys.find(List.of(new KeyedOutcome.Id(id, key)));
    return found.values().iterator().next().refusal();
  }

  private long events(BalanceChange command) {
    return jdbc.sql("SELECT count(*) FROM banking.outbox WHERE event_id = ?")
        .param(command.operationId())
        .query(Long.class)
        .single();
  }
}
