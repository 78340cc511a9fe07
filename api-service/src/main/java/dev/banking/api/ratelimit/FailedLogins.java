package dev.banking.api.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * How often an address may fail to say who it is. Asked before a signature is verified, so that
 * guessing costs the guesser more than us. Counted by each instance for itself: a failure is not
 * worth a call to Redis.
 */
@Component
public class FailedLogins {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ClientAddress address;
  private final Quota quota;
  private final Cache<String, Bucket> buckets;
  private final Counter failures;
  private final Counter limited;

  FailedLogins(RateLimitProperties properties, ClientAddress address, MeterRegistry metrics) {
    this.address = address;
    quota =
        new Quota(
            "failed-logins",
            properties.failedLoginCapacity(),
            properties.failedLoginRefillPerMinute(),
            MINUTE);
    buckets =
        Caffeine.newBuilder()
            .maximumSize(properties.maxCallers())
            .expireAfterAccess(quota.timeToFill())
            .build();
    failures = metrics.counter("banking.auth.failures");
    limited = metrics.counter("banking.rate.limited", "limit", quota.name());
  }

  /** Whether the request must be answered with 429; then the reply has its headers. */
  public boolean areTooMany(HttpServletRequest request, HttpServletResponse response) {
    var bucket = buckets.getIfPresent(address.of(request));
    if (bucket == null || bucket.getAvailableTokens() > 0) {
      return false;
    }
    limited.increment();
    quota.refuse(response);
    return true;
  }

  /** Counts a failure. */
  public void add(HttpServletRequest request) {
    failures.increment();
    var _ =
        buckets.get(address.of(request), _ -> quota.localBucket(quota.capacity())).tryConsume(1);
  }
}
