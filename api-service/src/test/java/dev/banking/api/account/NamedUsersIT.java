package dev.banking.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.api.Api;
import dev.banking.api.RealBackends;
import dev.banking.api.account.FaultyTransactions.Fault;
import dev.banking.api.account.RecordedStatements.Recorded;
import dev.banking.api.cache.AccountCache;
import dev.banking.api.metrics.BookingMetrics;
import dev.banking.api.outbox.OutboxRelay;
import dev.banking.localstack.Backends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * No statement on the way of a request goes to rows of users that the request or its batch does not
 * name: each can be sent to the place where those users are, and to no other.
 */
@RealBackends
@Import(NamedUsersIT.Seen.class)
@Timeout(60)
class NamedUsersIT {

  private static final Duration SOON = Duration.ofSeconds(3);
  private static final BookingProperties LOCKS_AT_ONCE =
      new BookingProperties(1, 4, SOON, Duration.ofMillis(20), SOON, SOON);

  private static final Set<String> TABLES = Set.of("account", "ledger_entry", "idempotency_key");

  private static final Pattern TOUCHED =
      Pattern.compile("banking\\.(" + String.join("|", TABLES) + ")\\b");
  private static final Pattern INSERTED =
      Pattern.compile("^insert into banking\\.\\w+\\s*\\(([^)]*)\\)", Pattern.CASE_INSENSITIVE);
  private static final Pattern BY_USER =
      Pattern.compile("\\buser_id = (?:ANY \\()?(?:\\$(\\d+)|wanted\\.user_id)");

  /** Lets the test see what the application says to its database. */
  @TestConfiguration
  static class Seen {
    @Bean
    static RecordedStatements recordedStatements() {
      return new RecordedStatements();
    }
  }

  @LocalServerPort private int port;
  @Autowired private AccountCache cache;
  @Autowired private Booking booking;
  @Autowired private OutboxRelay relay;
  @Autowired private PlatformTransactionManager real;
  @Autowired private RecordedStatements statements;

  private final Plans plans = new Plans(Backends.shared().postgres().superuserJdbcUrl());
  private Api api;
  private FaultyTransactions faulty;
  private BookBatch bookBatch;
  private long one;
  private long other;

  @BeforeEach
  void begin() {
    api = new Api(port);
    faulty = new FaultyTransactions(real);
    bookBatch =
        new BookBatch(
            booking,
            cache,
            relay,
            new TransactionTemplate(faulty),
            LOCKS_AT_ONCE,
            new BookingMetrics(new SimpleMeterRegistry()));
    one = api.createUser("100");
    other = api.createUser("100");
  }

  @Test
  void everyStatementGoesToItsUsersByTheirKey() throws SQLException {
    var newcomers = new HashSet<Long>();
    var recorded =
        statements.during(() -> {
          bookAllKinds();
          newcomers.add(create("creation-" + one));
          create("creation-" + one);
          api.put(one, "-1", "Idempotency-Key", "http");
          api.get("/api/users/" + one, "Cache-Control", "no-cache");
          api.get("/api/users/" + one + "/transactions");
        });
    var named = new HashSet<Object>(Set.of(one, other));
    named.addAll(newcomers);
    for (var statement : recorded) {
      if (TOUCHED.matcher(statement.sql()).find()) {
        assertThat(named).as(statement.sql()).containsAll(usersOf(statement));
      }
    }
    assertThat(kinds(recorded))
        .contains(
            "select account",
            "select account locked",
            "update account",
            "insert account",
            "insert ledger_entry",
            "select ledger_entry",
            "insert idempotency_key",
            "select idempotency_key");
  }

  @Test
  void waitsForNobodyWhoIsNotInTheBatch() throws SQLException {
    var bystander = api.createUser("100");
    api.put(bystander, "1", "Idempotency-Key", "k");
    try (var everybodyElse =
        DriverManager.getConnection(Backends.shared().postgres().superuserJdbcUrl())) {
      everybodyElse.setAutoCommit(false);
      for (var table : TABLES) {
        try (var lock = everybodyElse.createStatement()) {
          var _ =
              lock.execute(
                  "SELECT 1 FROM banking.%s WHERE user_id NOT IN (%d, %d) FOR UPDATE"
                      .formatted(table, one, other));
        }
      }
      bookAllKinds();
    }
  }

  /** Several users, with and without keys, applied, refused, replayed, in conflict, and lost. */
  private void bookAllKinds() {
    var first = change(one, -100, "k");
    assertThat(execute(first, change(other, 50, "k"), change(one, -1, null), tooMuch("r")))
        .extracting(Outcome::kind)
        .containsExactly(
            Outcome.Kind.BOOKED,
            Outcome.Kind.BOOKED,
            Outcome.Kind.BOOKED,
            Outcome.Kind.INSUFFICIENT_FUNDS);
    faulty.next(Fault.CONFLICT);
    assertThat(execute(first, change(other, -1, null))).allMatch(Outcome.Booked.class::isInstance);
    faulty.next(Fault.ANSWER_LOST);
    assertThat(execute(change(other, -1, null), change(one, -1, null)))
        .allMatch(Outcome.Booked.class::isInstance);
    faulty.next(Fault.COMMIT_LOST);
    assertThat(execute(tooMuch("l"))).allMatch(Outcome.InsufficientFunds.class::isInstance);
  }

  private long create(String key) {
    var answer = api.send("POST", "/api/users", "{\"initialBalance\":5}", "Idempotency-Key", key);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.data().path("id").longValue();
  }

  private BalanceChange tooMuch(String key) {
    return change(one, -100_000, key);
  }

  private static BalanceChange change(long userId, long cents, @Nullable String key) {
    return Batches.change(userId, cents, key);
  }

  private List<Outcome> execute(BalanceChange... commands) {
    var batch = Batches.tickets(commands);
    bookBatch.execute(batch);
    return Batches.outcomesOf(batch, SOON);
  }

  /**
   * Whose rows a statement writes or looks at; fails when that cannot be told from the statement.
   */
  private Set<Object> usersOf(Recorded statement) throws SQLException {
    var users = new HashSet<Object>();
    var inserted = INSERTED.matcher(statement.sql().strip());
    if (inserted.find()) {
      users.addAll(values(statement, columnOfUser(inserted.group(1))));
    }
    for (var scan : plans.scansOf(statement.sql())) {
      if (TABLES.contains(scan.table())) {
        var byUser = BY_USER.matcher(scan.condition());
        assertThat(byUser.find()).as("%s: %s", scan, statement.sql()).isTrue();
        var parameter = byUser.group(1);
        // unnest(users, …) AS wanted (user_id, …)
        users.addAll(values(statement, parameter == null ? 0 : Integer.parseInt(parameter) - 1));
      }
    }
    assertThat(users).as(statement.sql()).isNotEmpty();
    return users;
  }

  private static int columnOfUser(String columns) {
    var names = Arrays.stream(columns.split(",", -1)).map(String::strip).toList();
    assertThat(names).contains("user_id");
    return names.indexOf("user_id");
  }

  private static List<Object> values(Recorded statement, int parameter) {
    var value = Objects.requireNonNull(statement.parameters().get(parameter));
    return value instanceof List<?> many ? List.copyOf(many) : List.of(value);
  }

  private static Set<String> kinds(List<Recorded> recorded) {
    return recorded.stream()
        .flatMap(statement -> kind(statement.sql()))
        .collect(Collectors.toSet());
  }

  private static Stream<String> kind(String sql) {
    var touched = TOUCHED.matcher(sql);
    if (!touched.find()) {
      return Stream.empty();
    }
    var verb = sql.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    var locked = sql.contains("FOR NO KEY UPDATE") ? " locked" : "";
    return Stream.of(verb + " " + touched.group(1) + locked);
  }
}
