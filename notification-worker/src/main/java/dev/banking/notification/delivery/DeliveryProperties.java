package dev.banking.notification.delivery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How users are told and how often it is tried.
 *
 * @param channel log, smtp or webhook
 * @param concurrency how many are sent at once
 * @param maxAttempts after so many a notification is given up
 * @param retryInitial about the wait after the first failure; doubled after each
 * @param retryMax no wait is longer
 * @param sendTimeout a single attempt takes no longer
 * @param pollInterval how often to look for what has become due
 */
@Validated
@ConfigurationProperties("notify.delivery")
record DeliveryProperties(
    @NotNull Kind channel,
    @Min(1) @Max(256) int concurrency,
    @Min(1) @Max(100) int maxAttempts,
    @NotNull @DurationMin(millis = 1) @DurationMax(hours = 1) Duration retryInitial,
    @NotNull @DurationMin(millis = 1) @DurationMax(days = 1) Duration retryMax,
    @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 2) Duration sendTimeout,
    @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 1) Duration pollInterval) {

  /** The channels there are. */
  enum Kind {
    LOG,
    SMTP,
    WEBHOOK
  }

  /** Claims outlive their attempts by a wide margin: an early end would tell a user twice. */
  Duration lease() {
    return sendTimeout.multipliedBy(2).plusSeconds(30);
  }
}
