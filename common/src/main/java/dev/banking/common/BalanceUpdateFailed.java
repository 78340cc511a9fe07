package dev.banking.common;

import java.time.Instant;
import java.util.UUID;

/**
 * A change was refused; no money moved.
 *
 * @param id UUIDv7 of the event
 * @param time when it was decided, in whole microseconds
 * @param userId whose balance
 * @param sequence the state that the attempt was judged by: the last applied change
 * @param operationId the command
 * @param amount what was asked for: signed, never zero
 * @param balance the state that the attempt was judged by: the balance after {@code sequence}
 * @param reason a stable word, the {@code error.type} that the client was told
 * @param actor who asked
 * @param requestId the HTTP request
 */
public record BalanceUpdateFailed(
    UUID id,
    Instant time,
    long userId,
    long sequence,
    UUID operationId,
    Money amount,
    Money balance,
    String reason,
    String actor,
    String requestId)
    implements BankingEvent {

  public static final String TYPE = "balance.update.failed";

  @Override
  public String type() {
    return TYPE;
  }
}
