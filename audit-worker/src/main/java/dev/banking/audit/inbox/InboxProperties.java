package dev.banking.audit.inbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The limits of the inbox.
 *
 * @param batchSize most messages in one transaction
 * @param prefetch most messages that the broker hands over before any is acknowledged
 * @param quietTime a batch ends when nothing has come for so long: what a lone message waits
 * @param longestBatch a batch ends after so long, also when messages keep coming one by one
 * @param retryInitial pause after the first failure of a backend; doubles with each further one
 * @param retryMax the longest such pause
 * @param confirmTimeout how long the broker may take to confirm a parked message
 * @param stopTimeout how long a batch in hand may take when the worker stops
 */
@Validated
@ConfigurationProperties("audit.inbox")
public record InboxProperties(
    @Min(1) @Max(1_000) int batchSize,
    @Min(1) @Max(1_000) int prefetch,
    @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 1) Duration quietTime,
    @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 1) Duration longestBatch,
    @NotNull @DurationMin(millis = 10) @DurationMax(seconds = 10) Duration retryInitial,
    @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration retryMax,
    @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 30) Duration confirmTimeout,
    @NotNull @DurationMin(seconds = 1) @DurationMax(seconds = 20) Duration stopTimeout) {}
