package dev.banking.common;

import java.time.Instant;
import java.util.UUID;

/**
 * A user was created. An opening balance is the user's first change: it has sequence 1 in the
 * ledger. Without one the user starts at sequence 0.
 *
 * @param id UUIDv7 of the event
 * @param time when it was decided, in whole microseconds
 * @param userId the new user
 * @param sequence 1 with an opening balance, else 0
 * @param operationId the command
 * @param initialBalance zero or more
 * @param actor who asked
 * @param requestId the HTTP request
 */
public record UserCreated(
    UUID id,
    Instant time,
    long userId,
    long sequence,
    UUID operationId,
    Money initialBalance,
    String actor,
    String requestId)
    implements BankingEvent {

  public static final String TYPE = "user.created";

  @Override
  public String type() {
    return TYPE;
  }
}
