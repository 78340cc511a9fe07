package dev.banking.audit.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch has a trace of its own, with a link to the trace of each recorded message; each of these
 * has a span of its own for its part in the batch, with a link back, so that it is whole by itself.
 */
public final class BatchTrace implements AutoCloseable {

  private final Span batch;
  private final Map<String, Span> members;

  private BatchTrace(Span batch, Map<String, Span> members) {
    this.batch = batch;
    this.members = members;
  }

  static BatchTrace none() {
    return new BatchTrace(Span.getInvalid(), Map.of());
  }

  static BatchTrace start(
      Tracer tracer, String deed, String queue, List<@Nullable String> traceparents) {
    var parents = new LinkedHashMap<String, SpanContext>();
    for (var traceparent : traceparents) {
      var parent = Traceparent.recorded(traceparent);
      if (traceparent != null && parent.isValid()) {
        parents.put(traceparent, parent);
      }
    }
    if (parents.isEmpty()) {
      return none();
    }
    var batch = tracer.spanBuilder(queue + " batch").setNoParent();
    parents.values().forEach(batch::addLink);
    var span = batch.setAttribute("messaging.batch.message_count", traceparents.size()).startSpan();
    var members = HashMap.<String, Span>newHashMap(parents.size());
    parents.forEach((traceparent, parent) ->
        members.put(
            traceparent,
            tracer
                .spanBuilder(deed + " " + queue)
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(Traceparent.parent(parent))
                .addLink(span.getSpanContext())
                .setAttribute("messaging.system", "rabbitmq")
                .setAttribute("messaging.destination.name", queue)
                .startSpan()));
    return new BatchTrace(span, members);
  }

  /** Nothing of the batch may have been done; the messages come again. */
  public void failed() {
    batch.setStatus(StatusCode.ERROR);
    members.values().forEach(span -> span.setStatus(StatusCode.ERROR));
  }

  @Override
  public void close() {
    members.values().forEach(Span::end);
    batch.end();
  }
}
