package dev.banking.api.replica;

import com.zaxxer.hikari.HikariDataSource;
import dev.banking.api.cache.CacheProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The replica, if there is one. It is asked while it is known to be current enough, and never
 * waited for: whatever it does not answer is for the primary.
 */
@Component
public class Replica {

  private static final Logger log = LoggerFactory.getLogger(Replica.class);

  /** As many as read beside the lanes at a time, and one for the look at how far it is. */
  private static final int CONNECTIONS = 7;

  private static final long CONNECT_MILLIS = 250;

  /** The most that lies between the moment that a cached value counts from and its 200. */
  private static final Duration LONGEST_CHANGE = Duration.ofSeconds(15);

  private final JdbcClient primary;
  private final @Nullable Database database;
  private final Duration maxLag;
  private final Progress progress = new Progress();
  private final Counter answered;
  private final Counter passedOn;
  private final Counter failed;
  private boolean saidAway;

  /** The replica's own pool, and what needs one connection of it for several statements. */
  private record Database(
      HikariDataSource pool,
      JdbcClient statements,
      TransactionTemplate transactions,
      ScheduledExecutorService looks) {

    Database(HikariDataSource pool) {
      this(
          pool,
          JdbcClient.create(pool),
          new TransactionTemplate(new JdbcTransactionManager(pool)),
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().name("replica-progress").daemon().factory()));
    }
  }

  Replica(
      ReplicaProperties properties,
      DataSourceProperties credentials,
      CacheProperties cache,
      JdbcClient primary,
      MeterRegistry metrics) {
    this.primary = primary;
    maxLag = maxLag(properties.maxLag(), cache.ttl());
    database =
        properties.host().isBlank() || maxLag.isZero()
            ? null
            : new Database(pool(properties.url(), credentials));
    answered = metrics.counter("banking.replica.reads", "result", "answered");
    passedOn = metrics.counter("banking.replica.reads", "result", "behind");
    failed = metrics.counter("banking.replica.reads", "result", "failed");
    if (database != null) {
      var millis = properties.checkInterval().toMillis();
      var _ = database.looks.scheduleWithFixedDelay(this::look, 0, millis, TimeUnit.MILLISECONDS);
      Gauge.builder("banking.replica.age.seconds", this, Replica::ageSeconds)
          .description("Age of the newest moment of which the replica has everything; NaN: unknown")
          .register(metrics);
    }
  }

  /**
   * The cache must have every change for longer than the replica may be behind, however long the
   * change took: what is left of the time to live is shared between the two.
   */
  private static Duration maxLag(Duration wanted, Duration ttl) {
    var most = ttl.minus(LONGEST_CHANGE).dividedBy(4);
    if (most.isNegative() || most.isZero()) {
      return Duration.ZERO;
    }
    return wanted.compareTo(most) < 0 ? wanted : most;
  }

  private static HikariDataSource pool(String url, DataSourceProperties credentials) {
    var pool = new HikariDataSource();
    pool.setPoolName("replica");
    pool.setJdbcUrl(url);
    pool.setUsername(credentials.getUsername());
    pool.setPassword(credentials.getPassword());
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(CONNECT_MILLIS);
    pool.setValidationTimeout(CONNECT_MILLIS);
    pool.setInitializationFailTimeout(-1);
    return pool;
  }

  /** Whether there is one at all. */
  public boolean isThere() {
    return database != null;
  }

  /** How old an answer can be; zero without a replica. */
  public Duration maxLag() {
    return isThere() ? maxLag : Duration.ZERO;
  }

  /**
   * Asks it.
   *
   * @param question answered with nothing when what the replica has is too old for the asker
   * @return empty: ask the primary
   */
  public <T> Optional<T> ask(Function<JdbcClient, Optional<T>> question) {
    if (database == null) {
      return Optional.empty();
    }
    if (progress.ageNanos(System.nanoTime()) > maxLag.toNanos()) {
      passedOn.increment();
      return Optional.empty();
    }
    var place = progress.place();
    try {
      var answer =
          database.transactions.execute(_ ->
              hasCome(database, place) ? question.apply(database.statements) : Optional.<T>empty());
      if (answer == null || answer.isEmpty()) {
        passedOn.increment();
        return Optional.empty();
      }
      answered.increment();
      return answer;
    } catch (DataAccessException | TransactionException e) {
      failed.increment();
      away(e);
      return Optional.empty();
    }
  }

  /** Asked on the connection of the question: it may be of a server that has just restarted. */
  private static boolean hasCome(Database database, long place) {
    return database
        .statements
        .sql("SELECT coalesce((pg_last_wal_replay_lsn() - '0/0')::bigint >= ?, false)")
        .param(place)
        .query(Boolean.class)
        .single();
  }

  /** Looks how far it has come. */
  void look() {
    try {
      lookAt(Objects.requireNonNull(database).statements);
    } catch (RuntimeException e) {
      // The next look must come, whatever this one met.
      away(e);
    }
  }

  private void lookAt(JdbcClient replica) {
    try {
      progress.primaryWasAt(
          System.nanoTime(),
          primary.sql("SELECT (pg_current_wal_lsn() - '0/0')::bigint").query(Long.class).single());
    } catch (DataAccessException e) {
      log.debug("The primary does not say where it is: {}", e.toString());
    }
    // A standby that was promoted is none any more: the primary answers, whoever that is now.
    replica
        .sql(
            """
            SELECT (pg_last_wal_replay_lsn() - '0/0')::bigint
            WHERE pg_is_in_recovery() AND pg_last_wal_replay_lsn() IS NOT NULL
            """)
        .query(Long.class)
        .optional()
        .ifPresentOrElse(progress::replicaIsAt, progress::lost);
    isBack();
  }

  private synchronized void isBack() {
    saidAway = false;
  }

  private synchronized void away(RuntimeException cause) {
    if (!saidAway) {
      log.warn("The replica is away, its reads go to the primary: {}", cause.toString());
      saidAway = true;
    }
    progress.lost();
  }

  private double ageSeconds() {
    var nanos = progress.ageNanos(System.nanoTime());
    return nanos == Long.MAX_VALUE ? Double.NaN : nanos / 1e9;
  }

  @PreDestroy
  void close() {
    if (database != null) {
      database.looks.shutdownNow();
      database.pool.close();
    }
  }
}
