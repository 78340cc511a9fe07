package dev.banking.api.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Starts spans. What is passed on between them is the text of {@code traceparent}, also inside this
 * process: it goes through the outbox anyway, and says by itself whether anything is to be done.
 */
@Component
public final class Tracing implements AutoCloseable {

  private static final String SERVICE = "api-service";
  private static final long CLOSE_LIMIT_S = 3;

  private final @Nullable Tracer tracer;
  private final Runnable stop;

  Tracing(TracingProperties properties) {
    if (properties.isOn()) {
      var provider = Exporting.provider(properties, SERVICE);
      tracer = provider.get("dev.banking");
      stop = () -> provider.shutdown().join(CLOSE_LIMIT_S, TimeUnit.SECONDS);
    } else {
      tracer = null;
      stop = () -> {};
    }
  }

  /** Makes no spans. */
  public static Tracing off() {
    return new Tracing(
        new TracingProperties("", 0.0, 512, 512, Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  /** Starts the span of a request. */
  public RequestTrace request(String method, String requestId, @Nullable String traceparent) {
    return tracer == null
        ? RequestTrace.none(traceparent)
        : RequestTrace.start(tracer, method, requestId, traceparent);
  }

  /**
   * Starts the span of a batch, which is a trace of its own and links to those of its members; an
   * invalid one when none of them is recorded.
   */
  public <T> Span batch(String name, List<T> members, Function<T, @Nullable String> traceparent) {
    if (tracer == null) {
      return Span.getInvalid();
    }
    var builder = tracer.spanBuilder(name).setNoParent();
    var recorded = 0;
    for (var member : members) {
      var trace = traceparent.apply(member);
      if (trace != null && Traceparent.isSampled(trace)) {
        builder.addLink(Traceparent.parse(trace));
        recorded++;
      }
    }
    return recorded == 0
        ? Span.getInvalid()
        : builder.setAttribute("banking.batch.size", (long) members.size()).startSpan();
  }

  /** Starts a span in this trace; an invalid one when the trace is not recorded. */
  public Span start(String name, SpanKind kind, @Nullable String traceparent) {
    return tracer == null || traceparent == null || !Traceparent.isSampled(traceparent)
        ? Span.getInvalid()
        : tracer
            .spanBuilder(name)
            .setSpanKind(kind)
            .setParent(Traceparent.contextOf(traceparent))
            .startSpan();
  }

  /** Adds a span that is over by now. */
  public void over(String name, @Nullable String traceparent, Instant from) {
    if (tracer != null && traceparent != null && Traceparent.isSampled(traceparent)) {
      tracer
          .spanBuilder(name)
          .setParent(Traceparent.contextOf(traceparent))
          .setStartTimestamp(from)
          .startSpan()
          .end();
    }
  }

  /** Sends what waits, for a moment. */
  @Override
  public void close() {
    stop.run();
  }
}
