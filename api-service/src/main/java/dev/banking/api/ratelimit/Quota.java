package dev.banking.api.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * A burst, and what comes back of it. Tells clients about itself as <a
 * href="https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-10">
 * draft-ietf-httpapi-ratelimit-headers-10</a> says: structured fields, times in seconds.
 *
 * @param name for clients and metrics
 * @param capacity requests at once
 * @param refill requests that come back in each period, evenly spread
 * @param period of the refill
 */
record Quota(String name, long capacity, long refill, Duration period) {

  /** The configuration of every bucket of this quota. */
  BucketConfiguration configuration() {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(capacity).refillGreedy(refill, period))
        .build();
  }

  /** A bucket of this process alone. */
  Bucket localBucket(long tokens) {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(capacity).refillGreedy(refill, period).initialTokens(tokens))
        .build();
  }

  /** From empty to full: afterwards nothing of the past counts. */
  Duration timeToFill() {
    return Duration.ofSeconds(secondsFor(capacity));
  }

  /** From empty to one. */
  Duration timeToOne() {
    return period.dividedBy(refill);
  }

  /** {@code RateLimit-Policy}. */
  String policy() {
    return "\"" + name + "\";q=" + capacity + ";w=" + secondsFor(capacity);
  }

  /** {@code RateLimit}. */
  String state(long remaining) {
    return "\"" + name + "\";r=" + remaining + ";t=" + secondsFor(capacity - remaining);
  }

  /** The headers of a 429. */
  void refuse(HttpServletResponse response) {
    response.setHeader("Retry-After", Long.toString(secondsFor(1)));
    response.setHeader("RateLimit-Policy", policy());
    response.setHeader("RateLimit", "\"" + name + "\";r=0;t=" + secondsFor(1));
  }

  private long secondsFor(long requests) {
    return Math.max(1, Math.ceilDiv(requests * period.toSeconds(), refill));
  }
}
