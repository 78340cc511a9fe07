package dev.banking.audit.tracing;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where traces go. Which of them are recorded is decided where they begin.
 *
 * @param endpoint the collector, OTLP over http/protobuf, without {@code /v1/traces}; empty: no
 *     tracing
 * @param maxQueued so many spans wait for the exporter; more are dropped
 * @param maxExported so many are sent at once
 * @param delay how long they gather at most
 * @param timeout how long the collector may take for them
 */
@Validated
@ConfigurationProperties("audit.tracing")
record TracingProperties(
    @NotNull @Pattern(regexp = "(https?://.+)?") String endpoint,
    @Min(512) @Max(65_536) int maxQueued,
    @Min(1) @Max(512) int maxExported,
    @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1) Duration delay,
    @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1) Duration timeout) {

  boolean isOn() {
    return !endpoint.isEmpty();
  }

  String tracesUrl() {
    return endpoint.replaceFirst("/+$", "") + "/v1/traces";
  }
}
