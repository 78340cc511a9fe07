package dev.banking.api.user;

import dev.banking.api.http.RequestContext;
import dev.banking.common.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The command: create a user.
 *
 * @param userId the id that the user will have
 * @param initialBalance not negative
 * @param key the client's idempotency key
 * @param operationId UUIDv7; the event carries it as its id
 * @param request who asks, and in which request
 */
record UserCreation(
    long userId,
    Money initialBalance,
    @Nullable String key,
    UUID operationId,
    RequestContext request) {}
