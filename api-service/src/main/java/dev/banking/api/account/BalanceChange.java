package dev.banking.api.account;

import dev.banking.api.http.IfMatch;
import dev.banking.api.http.RequestContext;
import dev.banking.api.idempotency.KeyedOutcome;
import dev.banking.common.Money;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The command: add a signed amount to a balance.
 *
 * @param userId whose balance
 * @param amount signed, never zero
 * @param key the client's idempotency key
 * @param ifMatch the states that the client accepts; null: any
 * @param operationId UUIDv7, unique; the event carries it as its id, so that a command that is
 *     decided again is still told of once
 * @param request who asks, and in which request
 */
record BalanceChange(
    long userId,
    Money amount,
    @Nullable String key,
    @Nullable IfMatch ifMatch,
    UUID operationId,
    RequestContext request) {

  KeyedOutcome.@Nullable Id keyId() {
    return key == null ? null : new KeyedOutcome.Id(userId, key);
  }
}
