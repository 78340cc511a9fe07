package dev.banking.api.lane;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of the lanes.
 *
 * @param count how many lanes; 0 means half the processors, at least one. Few lanes with large
 *     batches are faster than many with small ones
 * @param maxQueued how many commands may wait in one lane; one more is refused at once
 * @param maxBatch how many commands one transaction may hold
 * @param minQueued so many may wait in one lane however slow it is: a thousand clients that call a
 *     cold process in the same moment are all served
 * @param maxExpectedWait beyond {@code minQueued}, a command that would have to wait longer, as far
 *     as can be foreseen when it comes, is refused at once
 * @param maxWait how long a command may wait before it is withdrawn unexecuted
 * @param checkInterval how often the waiting commands are checked for their time
 */
@Validated
@ConfigurationProperties("banking.lane")
public record LaneProperties(
    @DefaultValue("0") @Min(0) @Max(64) int count,
    @DefaultValue("4096") @Min(1) @Max(1_000_000) int maxQueued,
    @DefaultValue("500") @Min(1) @Max(10_000) int maxBatch,
    @DefaultValue("1024") @Min(0) @Max(1_000_000) int minQueued,
    @DefaultValue("1s") @NotNull Duration maxExpectedWait,
    @DefaultValue("8s") @NotNull Duration maxWait,
    @DefaultValue("50ms") @NotNull Duration checkInterval) {

  int lanes() {
    return count > 0 ? count : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }
}
