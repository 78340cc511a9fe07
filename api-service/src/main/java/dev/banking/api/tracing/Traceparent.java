package dev.banking.api.tracing;

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
public final class Traceparent {

  private static final int TRACE_ID = 3;
  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;
  private static final int LENGTH = 55;

  private Traceparent() {}

  /** Whether the trace is recorded: most are not, so this is what is asked first. */
  public static boolean isSampled(@Nullable String traceparent) {
    return traceparent != null
        && traceparent.length() == LENGTH
        && (Character.digit(traceparent.charAt(LENGTH - 1), 16) & 1) == 1;
  }

  /** The id of the trace. */
  public static String traceId(String traceparent) {
    return traceparent.substring(TRACE_ID, SPAN_ID - 1);
  }

  static SpanContext parse(String traceparent) {
    return SpanContext.createFromRemoteParent(
        traceId(traceparent),
        traceparent.substring(SPAN_ID, FLAGS - 1),
        TraceFlags.fromHex(traceparent, FLAGS),
        TraceState.getDefault());
  }

  static Context contextOf(String traceparent) {
    return Context.root().with(Span.wrap(parse(traceparent)));
  }

  /** The text that makes the span a parent. */
  public static String of(SpanContext span) {
    return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex();
  }
}
