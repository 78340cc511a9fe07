package dev.banking.common;

import java.time.Instant;
import java.util.UUID;

/**
 * A change was applied and committed.
 *
 * @param id UUIDv7 of the event
 * @param time when it was decided, in whole microseconds
 * @param userId whose balance
 * @param sequence the number of this change: per user 1, 2, 3, … without gaps
 * @param operationId the command
 * @param amount signed, never zero
 * @param previousBalance before the change
 * @param newBalance after it
 * @param actor who asked
 * @param requestId the HTTP request
 */
public record BalanceUpdated(
    UUID id,
    Instant time,
    long userId,
    long sequence,
    UUID operationId,
    Money amount,
    Money previousBalance,
    Money newBalance,
    String actor,
    String requestId)
    implements BankingEvent {

  public static final String TYPE = "balance.updated";

  @Override
  public String type() {
    return TYPE;
  }
}
