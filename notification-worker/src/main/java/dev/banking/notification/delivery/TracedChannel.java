package dev.banking.notification.delivery;

import dev.banking.notification.store.Notification;
import dev.banking.notification.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;

/** A channel whose deliveries are spans in the traces of their notifications. */
final class TracedChannel implements DeliveryChannel {

  private final DeliveryChannel channel;
  private final Tracing tracing;

  TracedChannel(DeliveryChannel channel, Tracing tracing) {
    this.channel = channel;
    this.tracing = tracing;
  }

  @Override
  public String name() {
    return channel.name();
  }

  @Override
  public boolean isImmediate() {
    return channel.isImmediate();
  }

  @Override
  public void deliver(Notification notification)
      throws DeliveryFailedException, InterruptedException {
    var kind = isImmediate() ? SpanKind.INTERNAL : SpanKind.CLIENT;
    var span = tracing.start("deliver " + name(), kind, notification.traceparent());
    try {
      channel.deliver(notification);
    } catch (DeliveryFailedException | InterruptedException | RuntimeException e) {
      span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
      throw e;
    } finally {
      span.end();
    }
  }
}
