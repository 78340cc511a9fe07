package dev.banking.api.cache;

import dev.banking.api.metrics.BreakerStates;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads and writes cached accounts. No failure of Redis ever reaches the caller. */
@Component
public class AccountCache {

  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  /** Writes of some 200 bytes: as many as Redis reads from a socket before it looks at others. */
  private static final int MAX_UNDER_WAY = 64;

  private final RedisConnections connections;
  private final CacheProperties properties;
  private final MissedWrites missedWrites;
  private final ReadPatience patience;

  /**
   * Writes that have outlasted our patience and are not answered yet. What is sent meanwhile does
   * not count: under load there is always something on its way, and nobody would wait ever again.
   */
  private final AtomicInteger overdue = new AtomicInteger();

  /** Writes that are sent and not settled. */
  private final AtomicInteger underWay = new AtomicInteger();

  /** Two threads' commands and flushes must not mix: one would send for the other, but later. */
  private final ReentrantLock sending = new ReentrantLock();

  private final CircuitBreaker breaker;
  private final String script = readScript();
  private volatile @Nullable String digest;
  private final Counter hits;
  private final Counter misses;
  private final Counter failedReads;
  private final Counter failedWrites;

  AccountCache(
      RedisConnections connections,
      CacheProperties properties,
      MeterRegistry metrics,
      BreakerStates breakers) {
    this.connections = connections;
    this.properties = properties;
    this.missedWrites = new MissedWrites(properties.ttl(), System::nanoTime);
    this.patience = new ReadPatience(properties.patience(), properties.timeout());
    this.breaker =
        CircuitBreaker.of(
            "redis",
            CircuitBreakerConfig.custom()
                .slidingWindow(20, 5, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitIntervalFunctionInOpenState(
                    IntervalFunction.ofExponentialBackoff(
                        properties.retryInterval(), 2, properties.maxRetryInterval()))
                .permittedNumberOfCallsInHalfOpenState(2)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .build());
    breakers.watch(breaker);
    hits = metrics.counter("banking.cache.reads", "result", "hit");
    misses = metrics.counter("banking.cache.reads", "result", "miss");
    failedReads = metrics.counter("banking.cache.reads", "result", "failed");
    failedWrites = metrics.counter("banking.cache.write.failures");
  }

  /** Tells of each answer of Redis, and lets few questions through while there is none. */
  CircuitBreaker breaker() {
    return breaker;
  }

  /**
   * The account as last seen; none when it is not there, is older than what Redis should have been
   * told by now, or Redis is slow or away.
   */
  public CacheAnswer find(long userId) {
    var connection = connections.reader();
    if (connection == null || !breaker.tryAcquirePermission()) {
      failedReads.increment();
      return CacheAnswer.UNKNOWN;
    }
    var start = System.nanoTime();
    var oldestToShow = missedWrites.oldestToShow(userId);
    var answer = read(connection, userId);
    try {
      var line = patience.await(answer);
      answered(start);
      var stored = line == null ? null : CachedAccount.decode(userId, line);
      var account = stored == null || stored.sequence() < oldestToShow ? null : stored;
      (account == null ? misses : hits).increment();
      return new CacheAnswer(account, oldestToShow);
    } catch (TimeoutException _) {
      // It goes on: what comes in time is no failure, and ends the silence for the next.
      var left = Math.max(0, start + properties.timeout().toNanos() - System.nanoTime());
      var _ =
          answer
              .copy()
              .orTimeout(left, TimeUnit.NANOSECONDS)
              .handle((_, failure) -> failure == null ? answered(start) : failed(start, failure));
    } catch (ExecutionException | RuntimeException e) {
      failed(start, e);
    } catch (InterruptedException _) {
      breaker.releasePermission();
      Thread.currentThread().interrupt();
    }
    failedReads.increment();
    return CacheAnswer.UNKNOWN;
  }

  private CompletableFuture<String> read(
      StatefulRedisConnection<String, String> connection, long userId) {
    try {
      return connection.async().get(key(userId)).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private boolean answered(long start) {
    patience.answered();
    breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    return true;
  }

  private boolean failed(long start, Throwable failure) {
    breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, failure);
    return false;
  }

  /**
   * Writes the accounts, unless newer ones stand there.
   *
   * <p>While Redis owes us an answer, the next writes are sent but their answers not waited for:
   * one stall is paid once, and not by every change in it. In Redis's socket a write must be all
   * the same, with few others before it: then Redis reads it at once when it goes on, and whoever
   * is shown an answer and asks another process next comes after it.
   *
   * @param readAt a moment before the accounts were read from the database; their time to live
   *     counts from it
   * @return completes, never exceptionally, when Redis has answered, was given up, or has the write
   *     in its socket and was waited for long enough; from then on this process shows nothing older
   *     to its readers
   */
  public CompletableFuture<Void> keepNewer(Collection<CachedAccount> accounts, Instant readAt) {
    if (accounts.isEmpty()) {
      return DONE;
    }
    var connection = connections.writer();
    if (connection == null || !breaker.tryAcquirePermission()) {
      missed(accounts);
      return DONE;
    }
    var start = System.nanoTime();
    var deadline = Long.toString(readAt.plus(properties.ttl()).toEpochMilli());
    underWay.addAndGet(accounts.size());
    var settled =
        write(connection, accounts, deadline)
            .orTimeout(properties.timeout().toNanos(), TimeUnit.NANOSECONDS)
            .handle((_, failure) -> settle(start, failure, accounts));
    if (overdue.get() > 0) {
      missedWrites.add(accounts);
      var _ = settled.thenAccept(written -> arrived(written, accounts));
      return sentOr(settled);
    }
    return settled
        .copy()
        .completeOnTimeout(null, properties.patience().toNanos(), TimeUnit.NANOSECONDS)
        .thenCompose(written -> written == null ? letGo(settled, accounts) : DONE);
  }

  /** Answers the change without its write's answer, which comes later. */
  private CompletableFuture<Void> letGo(
      CompletableFuture<Boolean> settled, Collection<CachedAccount> accounts) {
    overdue.incrementAndGet();
    missedWrites.add(accounts);
    var _ =
        settled.thenAccept(written -> {
          overdue.decrementAndGet();
          arrived(written, accounts);
        });
    return sentOr(settled);
  }

  /** Or it is settled sooner: given up, because this process is too slow to send anything. */
  private CompletableFuture<Void> sentOr(CompletableFuture<Boolean> settled) {
    if (underWay.get() > MAX_UNDER_WAY) {
      return settled.thenCompose(_ -> DONE);
    }
    return CompletableFuture.anyOf(connections.sent(), settled).thenCompose(_ -> DONE);
  }

  private void arrived(boolean written, Collection<CachedAccount> accounts) {
    if (written) {
      missedWrites.remove(accounts);
    }
  }

  /** Whether the write succeeded. */
  private boolean settle(
      long start, @Nullable Throwable failure, Collection<CachedAccount> accounts) {
    underWay.addAndGet(-accounts.size());
    if (failure == null) {
      return answered(start);
    }
    missed(accounts);
    return failed(start, failure);
  }

  /** Before anybody is answered: the next reader must not be shown what Redis still has. */
  private void missed(Collection<CachedAccount> accounts) {
    missedWrites.add(accounts);
    failedWrites.increment(accounts.size());
  }

  private CompletableFuture<Void> write(
      StatefulRedisConnection<String, String> connection,
      Collection<CachedAccount> accounts,
      String deadline) {
    sending.lock();
    try {
      var writes =
          accounts.stream()
              .map(account -> write(connection, account, deadline))
              .toArray(CompletableFuture[]::new);
      connection.flushCommands();
      return CompletableFuture.allOf(writes);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      sending.unlock();
    }
  }

  private CompletableFuture<Long> write(
      StatefulRedisConnection<String, String> connection, CachedAccount account, String deadline) {
    var keys = new String[] {key(account.userId())};
    var values = new String[] {Long.toString(account.sequence()), account.encode(), deadline};
    var commands = connection.async();
    var known = digest;
    if (known == null) {
      known = commands.digest(script);
      digest = known;
    }
    return commands
        .<Long>evalsha(known, ScriptOutputType.INTEGER, keys, values)
        .toCompletableFuture()
        .exceptionallyCompose(failure -> {
          if (!(failure instanceof RedisNoScriptException)) {
            return CompletableFuture.failedFuture(failure);
          }
          // Redis was restarted and has forgotten the script; EVAL teaches it again.
          sending.lock();
          try {
            var again =
                commands
                    .<Long>eval(script, ScriptOutputType.INTEGER, keys, values)
                    .toCompletableFuture();
            connection.flushCommands();
            return again;
          } finally {
            sending.unlock();
          }
        });
  }

  private String key(long userId) {
    return properties.prefix() + "account:" + userId;
  }

  private static String readScript() {
    try (var in =
        Objects.requireNonNull(AccountCache.class.getResourceAsStream("keep-newer.lua"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
