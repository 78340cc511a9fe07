package dev.banking.notification.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * The text that carries a trace from process to process, see <a
 * href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>. Whoever
 * takes it from outside has checked its form.
 */
final class Traceparent {

  private static final int TRACE_ID = 3;
  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;

  private Traceparent() {}

  /** The span that it names; an invalid one when it names none that is recorded. */
  static SpanContext recorded(@Nullable String traceparent) {
    if (traceparent == null) {
      return SpanContext.getInvalid();
    }
    var context =
        SpanContext.createFromRemoteParent(
            traceparent.substring(TRACE_ID, SPAN_ID - 1),
            traceparent.substring(SPAN_ID, FLAGS - 1),
            TraceFlags.fromHex(traceparent, FLAGS),
            TraceState.getDefault());
    return context.isSampled() ? context : SpanContext.getInvalid();
  }

  static Context parent(SpanContext span) {
    return Context.root().with(Span.wrap(span));
  }

  static String of(SpanContext span) {
    return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex();
  }
}
