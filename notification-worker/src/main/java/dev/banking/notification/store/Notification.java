package dev.banking.notification.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user is to be told: one event.
 *
 * @param eventId the event; the same id is the same notification
 * @param userId who is told
 * @param sequence the number of the change
 * @param eventType its type, as in the routing key
 * @param payload the event as it came from the broker
 * @param requestId the HTTP request that caused it
 * @param traceparent W3C Trace Context, when the message had a valid one: of the span that recorded
 *     it, or, when the trace is not recorded, as the message had it
 * @param occurredAt when it was decided, in whole microseconds
 */
public record Notification(
    UUID eventId,
    long userId,
    long sequence,
    String eventType,
    String payload,
    String requestId,
    @Nullable String traceparent,
    Instant occurredAt) {

  /** The same at another place of its trace. */
  public Notification at(@Nullable String traceparent) {
    return new Notification(
        eventId, userId, sequence, eventType, payload, requestId, traceparent, occurredAt);
  }
}
