package dev.banking.api.cache;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.validation.annotation.Validated;

/**
 * Where Redis is and how long it may take.
 *
 * @param host of Redis
 * @param port of Redis
 * @param password empty: none
 * @param prefix of every key
 * @param ttl of a value; a number alone is seconds. The longest that a stale balance is shown after
 *     a failed write
 * @param connectTimeout for the connection
 * @param timeout for one command; what takes longer has failed. The most that Redis may cost a
 *     reader
 * @param patience how long a write that is on its way holds back the answer to its change, and
 *     Redis may be silent before a reader turns to PostgreSQL; either goes on behind
 * @param maxQueued commands in flight; one more fails at once
 * @param retryInterval how long Redis is left alone after it failed; doubled each time it still
 *     does
 * @param maxRetryInterval the longest such time
 */
@Validated
@ConfigurationProperties("banking.cache")
public record CacheProperties(
    @NotNull String host,
    @Min(1) @Max(65535) int port,
    @DefaultValue("") String password,
    @DefaultValue("banking:") String prefix,
    @DefaultValue("60") @DurationUnit(ChronoUnit.SECONDS) @NotNull @DurationMin(seconds = 1)
        Duration ttl,
    @DefaultValue("500ms") @NotNull Duration connectTimeout,
    @DefaultValue("100ms") @NotNull Duration timeout,
    @DefaultValue("20ms") @NotNull Duration patience,
    @DefaultValue("4096") @Positive int maxQueued,
    @DefaultValue("1s") @NotNull Duration retryInterval,
    @DefaultValue("8s") @NotNull Duration maxRetryInterval) {}
