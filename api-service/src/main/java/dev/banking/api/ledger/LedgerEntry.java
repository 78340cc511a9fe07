package dev.banking.api.ledger;

import dev.banking.common.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * One applied change.
 *
 * @param userId whose balance
 * @param sequence the number of the change: per user 1, 2, 3, …
 * @param amount signed, never zero
 * @param balance after the change
 * @param operationId the command; unique
 * @param actor who asked
 * @param requestId the HTTP request
 * @param createdAt when it was decided, in whole microseconds
 */
public record LedgerEntry(
    long userId,
    long sequence,
    Money amount,
    Money balance,
    UUID operationId,
    String actor,
    String requestId,
    Instant createdAt) {}
