package dev.banking.audit.checkpoint;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How the head of the book is signed.
 *
 * @param interval from one checkpoint to the next while there is news; 0 is never
 * @param keyFile the Ed25519 private key, PKCS#8 in PEM
 * @param exportFile gets a copy of each checkpoint; null: none
 */
@Validated
@ConfigurationProperties("audit.checkpoint")
public record CheckpointProperties(
    @NotNull @DurationMin(seconds = 0) @DurationMax(days = 1) Duration interval,
    @NotNull Path keyFile,
    @Nullable Path exportFile) {}
