package dev.banking.api.replica;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the replica is and how far behind it may be.
 *
 * @param host {@code DB_REPLICA_HOST}; empty: there is none
 * @param port {@code DB_REPLICA_PORT}
 * @param url of the database there, with both in it
 * @param maxLag {@code DB_REPLICA_MAX_LAG}: whoever has not caught up for so long is not asked. At
 *     most a quarter of what the cache's time to live has beyond 15 s counts: what the cache has
 *     forgotten by then, the replica must know
 * @param checkInterval between two looks at how far it has come
 */
@Validated
@ConfigurationProperties("banking.replica")
record ReplicaProperties(
    @DefaultValue("") @NotNull String host,
    @DefaultValue("5432") @Min(1) @Max(65535) int port,
    @DefaultValue("") @NotNull String url,
    @DefaultValue("5s") @NotNull @DurationMin(millis = 1) Duration maxLag,
    @DefaultValue("500ms") @NotNull @DurationMin(millis = 1) Duration checkInterval) {}
