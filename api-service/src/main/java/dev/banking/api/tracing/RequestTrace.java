package dev.banking.api.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The span of one request. Those of its stages are made when it ends, of the times that were
 * written down anyway: while it is worked on, a traced request costs what any other does.
 */
public final class RequestTrace {

  private static final int SERVER_ERROR = 500;

  private final @Nullable Tracer tracer;
  private final String method;
  private final Span span;
  private final @Nullable String traceparent;

  private RequestTrace(
      @Nullable Tracer tracer, String method, Span span, @Nullable String traceparent) {
    this.tracer = tracer;
    this.method = method;
    this.span = span;
    this.traceparent = traceparent;
  }

  /** Not traced here: what the client sent is handed on as it is. */
  public static RequestTrace none(@Nullable String traceparent) {
    return new RequestTrace(null, "", Span.getInvalid(), traceparent);
  }

  static RequestTrace start(
      Tracer tracer, String method, String requestId, @Nullable String traceparent) {
    var span =
        tracer
            .spanBuilder(method)
            .setSpanKind(SpanKind.SERVER)
            .setParent(traceparent == null ? Context.root() : Traceparent.contextOf(traceparent))
            .startSpan();
    if (span.isRecording()) {
      span.setAttribute("http.request.method", method);
      span.setAttribute("http.request.id", requestId);
    }
    return new RequestTrace(tracer, method, span, Traceparent.of(span.getSpanContext()));
  }

  /** What the request hands on. */
  public @Nullable String traceparent() {
    return traceparent;
  }

  /**
   * Ends the span.
   *
   * @param route the pattern that the path has matched; null: none
   */
  public void end(RequestTimes times, int status, @Nullable String route) {
    if (tracer == null || !span.isRecording()) {
      return;
    }
    var clock = new EpochClock();
    times.forEach((name, from, to, batch) -> stage(tracer, name, clock, from, to, batch));
    if (route != null) {
      span.updateName(method + " " + route);
      span.setAttribute("http.route", route);
    }
    span.setAttribute("http.response.status_code", status);
    if (status >= SERVER_ERROR) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  private void stage(
      Tracer tracer, String name, EpochClock clock, long from, long to, SpanContext batch) {
    var stage =
        tracer
            .spanBuilder(name)
            .setParent(Context.root().with(span))
            .setStartTimestamp(clock.epochNanos(from), TimeUnit.NANOSECONDS);
    if (batch.isValid()) {
      stage.addLink(batch);
    }
    stage.startSpan().end(clock.epochNanos(to), TimeUnit.NANOSECONDS);
  }
}
