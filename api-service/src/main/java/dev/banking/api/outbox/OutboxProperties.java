package dev.banking.api.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The relay's bounds.
 *
 * @param broker {@code amqp://user:password@host:port/vhost}; several, separated by commas, are
 *     tried in turn
 * @param relayEnabled whether this process publishes; the outbox is written either way
 * @param batch how many events are on their way to the broker at once
 * @param confirmTimeout how long the broker may take to confirm a batch
 * @param pollInterval how often the outbox is looked at although nobody has written to it here
 * @param gather how long the next events gather at least after a batch that had room for more
 * @param yieldFactor how many times the duration of a batch the relay rests after it, as long as
 *     its events are new
 * @param late the age of an event from which on the relay yields no more
 * @param firstRetry how long an event that the broker refused waits; doubled each time
 * @param lastRetry the longest such wait, and the longest between two attempts to reach the broker
 * @param maxAttempts an event that was refused so often is parked
 */
@Validated
@ConfigurationProperties("banking.outbox")
public record OutboxProperties(
    @NotNull String broker,
    @DefaultValue("true") boolean relayEnabled,
    @DefaultValue("1000") @Min(1) @Max(10_000) int batch,
    @DefaultValue("5s") @NotNull Duration confirmTimeout,
    @DefaultValue("500ms") @NotNull Duration pollInterval,
    @DefaultValue("50ms") @NotNull Duration gather,
    @DefaultValue("6") @Min(0) @Max(100) int yieldFactor,
    @DefaultValue("3s") @NotNull @DurationMin(nanos = 1) Duration late,
    @DefaultValue("100ms") @NotNull Duration firstRetry,
    @DefaultValue("5s") @NotNull Duration lastRetry,
    @DefaultValue("10") @Min(1) @Max(1_000) int maxAttempts) {

  /**
   * Events are less urgent than the requests that make them, until they are late. While new ones
   * are committed the relay yields to the lanes after each batch, the less the older its events
   * are: it settles at the age at which it carries off as many events as come. When it has caught
   * up it rests for a moment in any case, so that the next events gather: a large batch costs the
   * broker and the database little more than a small one.
   *
   * @param taken how many events the batch had
   * @param oldest the age of its first one when it was taken
   * @param step how long it took
   * @param moreCame whether events were committed since the batch before, here or elsewhere
   */
  Duration restAfter(int taken, Duration oldest, Duration step, boolean moreCame) {
    var least = taken < batch ? gather.toNanos() : 0;
    var leeway = late.minus(oldest).minus(step).toNanos();
    if (!moreCame || leeway <= 0) {
      return Duration.ofNanos(least);
    }
    var share = Math.min(1, (double) leeway / late.toNanos());
    var yielded = (long) (share * yieldFactor * step.toNanos());
    return Duration.ofNanos(Math.max(least, Math.min(yielded, leeway)));
  }

  Duration retryAfter(int attempts) {
    var wait = firstRetry.multipliedBy(1L << Math.min(attempts, 20));
    return wait.compareTo(lastRetry) < 0 ? wait : lastRetry;
  }
}
