package dev.banking.audit.retention;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How long entries are kept.
 *
 * @param keep months that are wholly older are dropped; null: never
 * @param archiveFolder gets a signed file for each month before that is dropped
 * @param interval from one look to the next
 */
@Validated
@ConfigurationProperties("audit.retention")
public record RetentionProperties(
    @Nullable Period keep,
    @NotNull Path archiveFolder,
    @NotNull @DurationMin(millis = 10) @DurationMax(days = 1) Duration interval) {

  /** A month at the least: less is a slip of the pen, and what it drops does not come back. */
  @AssertTrue(message = "must be a month or more, such as P7Y")
  public boolean isKeepLongEnough() {
    return keep == null || (keep.toTotalMonths() > 0 && !keep.isNegative());
  }
}
