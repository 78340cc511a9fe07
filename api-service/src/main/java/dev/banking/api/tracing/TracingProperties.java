package dev.banking.api.tracing;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where traces go.
 *
 * @param endpoint the collector, OTLP over http/protobuf, without {@code /v1/traces}; empty: no
 *     tracing
 * @param ratio how many of the requests are traced whose client has not decided it, 0 to 1; null,
 *     for a variable that is set and empty: one in a hundred
 * @param maxQueued so many spans wait for the exporter; more are dropped
 * @param maxExported so many are sent at once
 * @param delay how long they gather at most
 * @param timeout how long the collector may take for them
 */
@Validated
@ConfigurationProperties("banking.tracing")
public record TracingProperties(
    @DefaultValue("") @NotNull @Pattern(regexp = "(https?://.+)?") String endpoint,
    @DecimalMin("0") @DecimalMax("1") @Nullable Double ratio,
    @DefaultValue("8192") @Min(512) @Max(65_536) int maxQueued,
    @DefaultValue("512") @Min(1) @Max(512) int maxExported,
    @DefaultValue("1s") @NotNull Duration delay,
    @DefaultValue("5s") @NotNull Duration timeout) {

  private static final double USUAL_RATIO = 0.01;

  double share() {
    return ratio == null ? USUAL_RATIO : ratio;
  }

  boolean isOn() {
    return !endpoint.isEmpty();
  }

  String tracesUrl() {
    return endpoint.replaceFirst("/+$", "") + "/v1/traces";
  }
}
