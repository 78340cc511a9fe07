package dev.banking.api.outbox;

import dev.banking.api.tracing.Traceparent;
import dev.banking.api.tracing.Tracing;
import dev.banking.common.Topology;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The spans of the recorded events of one batch: how long each has waited in the outbox, and its
 * way to the broker, which is what its message carries on.
 */
final class PublishTrace {

  private final Map<Long, Span> spans = new HashMap<>();
  private final List<WaitingEvent> events;

  /** Starts the spans. */
  PublishTrace(Tracing tracing, List<WaitingEvent> events) {
    this.events = new ArrayList<>(events.size());
    for (var event : events) {
      if (!Traceparent.isSampled(event.traceparent())) {
        this.events.add(event);
        continue;
      }
      var span = tracing.start("publish " + event.type(), SpanKind.PRODUCER, event.traceparent());
      if (span.isRecording()) {
        tracing.over("outbox wait", event.traceparent(), event.createdAt());
        span.setAttribute("messaging.system", "rabbitmq")
            .setAttribute("messaging.destination.name", Topology.EXCHANGE)
            .setAttribute("messaging.rabbitmq.destination.routing_key", event.type())
            .setAttribute("messaging.message.id", event.eventId().toString())
            .setAttribute("messaging.batch.message_count", events.size());
        spans.put(event.id(), span);
        this.events.add(event.at(Traceparent.of(span.getSpanContext())));
      } else {
        this.events.add(event);
      }
    }
  }

  /** The events, each in its own span. */
  List<WaitingEvent> events() {
    return events;
  }

  /** The broker has settled all of them; these it has refused. */
  void settled(Map<Long, String> refused) {
    spans.forEach((id, span) -> {
      if (refused.containsKey(id)) {
        span.setStatus(StatusCode.ERROR, "refused by the broker");
      }
      span.end();
    });
  }

  /** It is not known what became of them; they will be published again. */
  void failed() {
    spans
        .values()
        .forEach(span -> {
          span.setStatus(StatusCode.ERROR);
          span.end();
        });
  }
}
