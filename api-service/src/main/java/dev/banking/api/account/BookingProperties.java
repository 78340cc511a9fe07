package dev.banking.api.account;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of booking.
 *
 * @param conflictsBeforeLock after so many conflicts with other writers the accounts are locked
 * @param maxConflicts after so many the batch is given up as overloaded
 * @param retryFor how long a batch is tried again while the database cannot be reached
 * @param pause between two such tries
 * @param leaveAlone how long the database is left alone after the last of them: what waited behind
 *     that batch is refused at once instead of trying for as long again
 * @param settleFor how long a lost commit is inquired about before its outcome is unknown
 */
@Validated
@ConfigurationProperties("banking.booking")
public record BookingProperties(
    @DefaultValue("3") @Min(0) @Max(100) int conflictsBeforeLock,
    @DefaultValue("20") @Min(1) @Max(1_000) int maxConflicts,
    @DefaultValue("600ms") @NotNull Duration retryFor,
    @DefaultValue("100ms") @NotNull Duration pause,
    @DefaultValue("500ms") @NotNull Duration leaveAlone,
    @DefaultValue("5s") @NotNull Duration settleFor) {}
