package dev.banking.api.warmup;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much is done before readiness.
 *
 * @param duration how long; 0: not at all
 * @param clients how many requests at once
 */
@Validated
@ConfigurationProperties("banking.warm-up")
record WarmUpProperties(
    @DefaultValue("3s") @NotNull Duration duration,
    @DefaultValue("8") @Min(1) @Max(100) int clients) {}
