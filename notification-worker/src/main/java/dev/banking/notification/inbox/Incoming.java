package dev.banking.notification.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.banking.common.BalanceUpdated;
import dev.banking.common.EventCodec;
import dev.banking.common.InvalidEventException;
import dev.banking.common.Topology;
import dev.banking.notification.store.Notification;
import dev.banking.notification.tracing.BatchTrace;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;

/**
 * A message and what it says.
 *
 * @param message as the broker sent it
 * @param notification what the user is to be told
 */
record Incoming(Message message, Notification notification) {

  private static final EventCodec CODEC = new EventCodec();

  // W3C Trace Context, version 00. Anything else is not worth a parked message.
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  /**
   * Reads a message. Only the body counts: routing key, type and message id may be anything.
   *
   * @throws InvalidEventException when it is no event that users are told of
   */
  static Incoming read(Message message) throws InvalidEventException {
    if (!(CODEC.read(message.getBody()) instanceof BalanceUpdated event)) {
      throw new InvalidEventException("not " + BalanceUpdated.TYPE);
    }
    return new Incoming(
        message,
        new Notification(
            event.id(),
            event.userId(),
            event.sequence(),
            event.type(),
            new String(message.getBody(), UTF_8),
            event.requestId(),
            traceparent(message),
            event.time()));
  }

  /** The same in the trace of its batch. */
  Incoming in(BatchTrace trace) {
    var traceparent = trace.goOn(notification.traceparent());
    return Objects.equals(traceparent, notification.traceparent())
        ? this
        : new Incoming(message, notification.at(traceparent));
  }

  private static @Nullable String traceparent(Message message) {
    Object header = message.getMessageProperties().getHeader(Topology.TRACEPARENT);
    return header instanceof String text && TRACEPARENT.matcher(text).matches() ? text : null;
  }
}
