package dev.banking.api.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
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
 * @param gather how long the next events gather after a batch that had room for more
 * @param yieldFactor how many times the duration of a full batch the relay rests after it, while
 *     new events keep coming
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
    @DefaultValue("2") @Min(0) @Max(100) int yieldFactor,
    @DefaultValue("100ms") @NotNull Duration firstRetry,
    @DefaultValue("5s") @NotNull Duration lastRetry,
    @DefaultValue("10") @Min(1) @Max(1_000) int maxAttempts) {

  Duration retryAfter(int attempts) {
    var wait = firstRetry.multipliedBy(1L << Math.min(attempts, 20));
    return wait.compareTo(lastRetry) < 0 ? wait : lastRetry;
  }
}
