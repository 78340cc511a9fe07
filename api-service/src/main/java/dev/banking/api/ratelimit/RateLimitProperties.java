package dev.banking.api.ratelimit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often a caller may ask: a principal by its name, everybody else by address.
 *
 * @param enabled {@code RATE_LIMIT_ENABLED}; not set: only where callers have names, since all who
 *     share this machine's loopback would share one limit
 * @param capacity {@code RATE_LIMIT_CAPACITY}: requests at once
 * @param refillPerSecond {@code RATE_LIMIT_REFILL_PER_SECOND}: requests for good
 * @param failedLoginCapacity failed logins at once, of one address
 * @param failedLoginRefillPerMinute failed logins for good, of one address
 * @param trustedProxies {@code RATE_LIMIT_TRUSTED_PROXIES}: addresses whose {@code X-Forwarded-For}
 *     is believed; none: nobody's is
 * @param maxCallers callers that are counted at once; beyond, the longest silent is forgotten
 * @param redisTimeout what Redis may cost a request
 * @param retryRedisAfter how long Redis is left alone after it failed
 */
@Validated
@ConfigurationProperties("banking.rate-limit")
record RateLimitProperties(
    @Nullable Boolean enabled,
    @DefaultValue("20000") @Positive @Max(1_000_000_000) long capacity,
    @DefaultValue("1000") @Positive @Max(1_000_000) long refillPerSecond,
    @DefaultValue("500") @Positive @Max(1_000_000) long failedLoginCapacity,
    @DefaultValue("60") @Positive @Max(1_000_000) long failedLoginRefillPerMinute,
    @DefaultValue Set<String> trustedProxies,
    @DefaultValue("10000") @Positive int maxCallers,
    @DefaultValue("50ms") @NotNull @DurationMin(millis = 1) @DurationMax(millis = 100)
        Duration redisTimeout,
    @DefaultValue("1s") @NotNull Duration retryRedisAfter) {}
