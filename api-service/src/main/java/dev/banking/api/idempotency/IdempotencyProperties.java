package dev.banking.api.idempotency;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long outcomes are remembered.
 *
 * @param retention of refused outcomes; applied ones are kept for good
 * @param purgeInterval how often expired ones are removed
 */
@Validated
@ConfigurationProperties("banking.idempotency")
public record IdempotencyProperties(
    @DefaultValue("7d") @NotNull Duration retention,
    @DefaultValue("1h") @NotNull Duration purgeInterval) {}
