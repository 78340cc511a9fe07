package dev.banking.notification.inbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How the queue is read.
 *
 * @param batchSize one transaction takes no more messages
 * @param prefetch the broker sends no more messages ahead; two batches keep the worker busy
 * @param quietTime a batch ends when nothing has come for so long: what a lone message waits
 * @param longestBatch a batch ends after so long, also when messages keep coming one by one
 * @param confirmTimeout how long the broker may take to confirm a parked message
 * @param retryInitial the first wait when the database or the parking queue cannot be used
 * @param retryMax no such wait is longer
 */
@Validated
@ConfigurationProperties("notify.inbox")
record InboxProperties(
    @Min(1) @Max(1000) int batchSize,
    @Min(1) @Max(2000) int prefetch,
    @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 1) Duration quietTime,
    @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 1) Duration longestBatch,
    @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration confirmTimeout,
    @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 10) Duration retryInitial,
    @NotNull @DurationMin(millis = 1) @DurationMax(minutes = 1) Duration retryMax) {}
