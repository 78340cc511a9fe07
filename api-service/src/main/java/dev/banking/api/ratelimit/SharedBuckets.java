package dev.banking.api.ratelimit;

import dev.banking.api.cache.CacheProperties;
import dev.banking.api.cache.RedisConnections;
import dev.banking.api.metrics.BreakerStates;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The buckets that all instances share, in Redis. No failure of Redis ever reaches the caller. */
@Component
class SharedBuckets {

  private static final Duration KEPT_LONGER = Duration.ofSeconds(10);

  private final RedisConnections connections;
  private final RateLimitProperties properties;
  private final String prefix;
  private final CircuitBreaker breaker;
  private final Counter fallbacks;
  private volatile @Nullable ProxyManager<byte[]> buckets;

  SharedBuckets(
      RedisConnections connections,
      CacheProperties redis,
      RateLimitProperties properties,
      MeterRegistry metrics,
      BreakerStates breakers) {
    this.connections = connections;
    this.properties = properties;
    this.prefix = redis.prefix() + "limit:";
    this.breaker =
        CircuitBreaker.of(
            "redis-limits",
            CircuitBreakerConfig.custom()
                .slidingWindow(20, 5, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitDurationInOpenState(properties.retryRedisAfter())
                .permittedNumberOfCallsInHalfOpenState(2)
                .build());
    breakers.watch(breaker);
    fallbacks =
        Counter.builder("banking.rate.fallback")
            .description("Decisions that an instance took alone, because Redis was slow or away")
            .register(metrics);
  }

  /**
   * Takes tokens.
   *
   * @param most how many are wanted; fewer come when there are no more
   * @return null when Redis is slow or away
   */
  @Nullable Taken take(String key, Quota quota, long most) {
    var manager = manager();
    if (manager == null || !breaker.tryAcquirePermission()) {
      fallbacks.increment();
      return null;
    }
    var start = System.nanoTime();
    try {
      var result = bucket(manager, key, quota, most);
      breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
      return new Taken(result.getValue(), result.getDiagnostics().getAvailableTokens());
    } catch (RuntimeException e) {
      breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
      fallbacks.increment();
      return null;
    }
  }

  /** The key has the quota in it: after a change of settings nothing of the old one counts. */
  private VerboseResult<Long> bucket(
      ProxyManager<byte[]> manager, String key, Quota quota, long most) {
    var name = prefix + quota.capacity() + "/" + quota.refill() + ":" + key;
    return manager
        .builder()
        .build(name.getBytes(StandardCharsets.UTF_8), quota::configuration)
        .asVerbose()
        .tryConsumeAsMuchAsPossible(most);
  }

  private @Nullable ProxyManager<byte[]> manager() {
    var known = buckets;
    var connection = connections.counters();
    if (known == null && connection != null) {
      known =
          Bucket4jLettuce.casBasedBuilder(connection)
              .requestTimeout(properties.redisTimeout())
              .expirationAfterWrite(
                  ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_LONGER))
              .build();
      buckets = known;
    }
    return known;
  }

  /**
   * What Redis gave.
   *
   * @param tokens taken; 0: the bucket is empty
   * @param left in the bucket after that
   */
  record Taken(long tokens, long left) {}
}
