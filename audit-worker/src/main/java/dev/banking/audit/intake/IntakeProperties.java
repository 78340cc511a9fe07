package dev.banking.audit.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The limits of the intake.
 *
 * @param batchSize most messages in one transaction
 * @param prefetch most messages that the broker hands over before any is acknowledged
 * @param batchWait how long a batch that is not full waits for one more message
 * @param retryFirst pause after the first failure of a backend; doubles with each further one
 * @param retryLongest the longest such pause
 * @param confirmTimeout how long the broker may take to confirm a parked message
 * @param stopTimeout how long a batch in hand may take when the worker stops
 */
@Validated
@ConfigurationProperties("audit.intake")
public record IntakeProperties(
    @Min(1) @Max(1_000) int batchSize,
    @Min(1) @Max(1_000) int prefetch,
    @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 1) Duration batchWait,
    @NotNull @DurationMin(millis = 10) @DurationMax(seconds = 10) Duration retryFirst,
    @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration retryLongest,
    @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 30) Duration confirmTimeout,
    @NotNull @DurationMin(seconds = 1) @DurationMax(seconds = 20) Duration stopTimeout) {}
