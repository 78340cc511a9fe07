package dev.banking.api.idempotency;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long outcomes are remembered.
 *
 * @param retention {@code IDEMPOTENCY_RETENTION}: of refused outcomes; applied ones are kept for
 *     good. A minute at least: a client that repeats at once must find the outcome
 * @param purgeInterval how often expired ones are removed
 */
@Validated
@ConfigurationProperties("banking.idempotency")
public record IdempotencyProperties(
    @DefaultValue("7d") @NotNull @DurationMin(minutes = 1) @DurationMax(days = 36_500)
        Duration retention,
    @DefaultValue("1h") @NotNull @DurationMin(seconds = 1) Duration purgeInterval) {}
