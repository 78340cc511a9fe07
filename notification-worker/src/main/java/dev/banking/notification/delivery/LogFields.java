package dev.banking.notification.delivery;

import dev.banking.notification.store.Notification;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Which request and which trace a line in JSON belongs to, named as <a
 * href="https://www.elastic.co/docs/reference/ecs/ecs-field-reference">ECS</a> does.
 */
final class LogFields {

  private static final int TRACE_ID = 3;
  private static final int TRACE_ID_END = 35;

  private LogFields() {}

  static LoggingEventBuilder of(LoggingEventBuilder line, Notification notification) {
    var withRequest = line.addKeyValue("http.request.id", notification.requestId());
    var traceparent = notification.traceparent();
    return traceparent == null
        ? withRequest
        : withRequest.addKeyValue("trace.id", traceparent.substring(TRACE_ID, TRACE_ID_END));
  }
}
