package dev.banking.audit.intake;

import dev.banking.audit.book.Received;
import dev.banking.common.EventCodec;
import dev.banking.common.InvalidEventException;
import dev.banking.common.Topology;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.stereotype.Component;

/** Reads a message as an event. What the broker says about it is not trusted, its body is. */
@Component
class MessageReader {

  /** The form that W3C Trace Context level 1 gives to version 00. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

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
    return new Received(event, message.getBody(), traceparent(message));
  }

  /** A trace is a convenience: a header that is none is left out and spoils nothing. */
  private static @Nullable String traceparent(Message message) {
    return message.getMessageProperties().getHeaders().get(Topology.TRACEPARENT)
                instanceof String text
            && TRACEPARENT.matcher(text).matches()
        ? text
        : null;
  }
}
