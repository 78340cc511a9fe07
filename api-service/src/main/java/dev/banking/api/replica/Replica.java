package dev.banking.api.replica;

import dev.banking.api.cache.CacheProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
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
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The replica, if there is one. It is asked while it is known to be current enough, and never
 * waited for: whatever it does not answer is for the primary.
 */
@Component
public class Replica {

  private static final Logger log = LoggerFactory.getLogger(Replica.class);

  /** The most that lies between the moment that a cached value counts from and its 200. */
  private static final Duration LONGEST_CHANGE = Duration.ofSeconds(15);

  private final JdbcClient primary;
  private final @Nullable ReplicaDatabase database;
  private final Duration maxLag;
  private final Progress progress = new Progress();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("replica-progress").daemon().factory());
  private final Counter answered;
  private final Counter passedOn;
  private final Counter failed;
  private boolean saidAway;

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
            : new ReplicaDatabase(properties.url(), credentials);
    answered = metrics.counter("banking.replica.reads", "result", "answered");
    passedOn = metrics.counter("banking.replica.reads", "result", "behind");
    failed = metrics.counter("banking.replica.reads", "result", "failed");
    if (!properties.host().isBlank() && database == null) {
      log.warn("REDIS_TTL={} is too short for a replica: it is not asked", cache.ttl());
    }
    if (database != null) {
      var millis = properties.checkInterval().toMillis();
      var _ = looks.scheduleWithFixedDelay(() -> look(database), 0, millis, TimeUnit.MILLISECONDS);
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
    try {
      var answer = database.ask(progress.place(), question);
      (answer.isPresent() ? answered : passedOn).increment();
      return answer;
    } catch (DataAccessException | TransactionException e) {
      failed.increment();
      away(e);
      return Optional.empty();
    }
  }

  /** Looks how far it has come. The next look must come, whatever this one meets. */
  private void look(ReplicaDatabase replica) {
    try {
      markPrimary();
      replica.place().ifPresentOrElse(progress::replicaIsAt, progress::lost);
      isBack();
    } catch (RuntimeException e) {
      away(e);
    }
  }

  /** A primary that does not say where it is makes the replica older, and nothing else. */
  private void markPrimary() {
    try {
      progress.primaryWasAt(
          System.nanoTime(),
          primary.sql("SELECT (pg_current_wal_lsn() - '0/0')::bigint").query(Long.class).single());
    } catch (DataAccessException e) {
      log.debug("The primary does not say where it is: {}", e.toString());
    }
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
    looks.shutdownNow();
    if (database != null) {
      database.close();
    }
  }
}
