package dev.banking.audit.inbox;

import dev.banking.audit.book.Received;
import dev.banking.common.BalanceUpdateFailed;
import dev.banking.common.BankingEvent;
import dev.banking.common.EventCodec;
import dev.banking.common.InvalidEventException;
import dev.banking.common.Topology;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.stereotype.Component;

/** Reads a message as an event. What the broker says about it is not trusted, its body is. */
@Component
class MessageReader {

  /** The form that W3C Trace Context gives to version 00, and to what is known of later ones. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  private final EventCodec codec;

  MessageReader(EventCodec codec) {
    this.codec = codec;
  }

  /**
   * Reads the body, and the trace if there is one.
   *
   * @throws InvalidEventException when the message is poison
   */
  Received read(Message message) throws InvalidEventException {
    var event = codec.read(message.getBody());
    requireRecordable(event);
    return new Received(event, message.getBody(), traceparent(message));
  }

  /**
   * The book writes a value down as it is or not at all. Half a character would become a question
   * mark on the way to the database, and years beyond four digits have no place in the format.
   */
  private static void requireRecordable(BankingEvent event) throws InvalidEventException {
    if (event.time().isBefore(YEAR_1) || !event.time().isBefore(YEAR_10000)) {
      throw new InvalidEventException("time is beyond the years 1 to 9999");
    }
    requireWhole("data.actor", event.actor());
    requireWhole("data.requestId", event.requestId());
    if (event instanceof BalanceUpdateFailed failed) {
      requireWhole("data.reason", failed.reason());
    }
  }

  private static void requireWhole(String field, String text) throws InvalidEventException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidEventException(field + " has half a character");
    }
  }

  /** A trace is a convenience: a header that is none is left out and spoils nothing. */
  static @Nullable String traceparent(Message message) {
    Object header = message.getMessageProperties().getHeader(Topology.TRACEPARENT);
    return header instanceof String text && TRACEPARENT.matcher(text).matches() ? text : null;
  }
}
