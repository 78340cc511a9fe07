package dev.banking.audit.verify;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How often the worker verifies by itself.
 *
 * @param interval from the end of one run to the start of the next; 0 is never
 * @param grace how long an event may be on its way
 */
@Validated
@ConfigurationProperties("audit.verify")
public record VerifyProperties(
    @NotNull @DurationMin(seconds = 0) @DurationMax(days = 31) Duration interval,
    @NotNull @DurationMin(seconds = 0) @DurationMax(hours = 1) Duration grace) {}
