package dev.banking.api.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox on its way out.
 *
 * @param userId whose event
 * @param id the row; ascending per user
 * @param eventId the message id
 * @param type the routing key
 * @param payload the message body
 * @param traceparent the trace to go on
 * @param createdAt when it was written, by the database's clock
 * @param attempts how often the broker has refused it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not worth a copy
record WaitingEvent(
    long userId,
    long id,
    UUID eventId,
    String type,
    byte[] payload,
    @Nullable String traceparent,
    Instant createdAt,
    int attempts) {

  /** The same at another place of its trace. */
  WaitingEvent at(String traceparent) {
    return new WaitingEvent(userId, id, eventId, type, payload, traceparent, createdAt, attempts);
  }
}
