package dev.banking.audit.tracing;

import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Starts spans in the traces of messages. */
@Component
public final class Tracing implements AutoCloseable {

  private static final String SERVICE = "audit-worker";
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

  /** Whether spans are made at all. */
  public boolean isOn() {
    return tracer != null;
  }

  /**
   * Starts the spans of a batch.
   *
   * @param deed what is done with each message
   * @param queue where the messages come from
   * @param traceparent of a message, in the right form
   */
  public <T> BatchTrace batch(
      String deed, String queue, List<T> messages, Function<T, @Nullable String> traceparent) {
    return tracer == null
        ? BatchTrace.none()
        : BatchTrace.start(
            tracer, deed, queue, messages.stream().<@Nullable String>map(traceparent).toList());
  }

  /** Sends what waits, for a moment. */
  @Override
  public void close() {
    stop.run();
  }
}
