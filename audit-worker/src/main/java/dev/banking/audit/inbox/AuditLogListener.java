package dev.banking.audit.inbox;

import com.rabbitmq.client.Channel;
import dev.banking.audit.tracing.Tracing;
import dev.banking.common.Topology;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareBatchMessageListener;
import org.springframework.stereotype.Component;

/**
 * One batch after the other: into the book, poison into the parking queue, then the
 * acknowledgement. What is not acknowledged the broker delivers again.
 */
@Component
class AuditLogListener implements ChannelAwareBatchMessageListener {

  private final Recorder recorder;
  private final ParkingLot parkingLot;
  private final Patience patience;
  private final InboxMetrics metrics;
  private final Tracing tracing;

  AuditLogListener(
      Recorder recorder,
      ParkingLot parkingLot,
      Patience patience,
      InboxMetrics metrics,
      Tracing tracing) {
    this.recorder = recorder;
    this.parkingLot = parkingLot;
    this.patience = patience;
    this.metrics = metrics;
    this.tracing = tracing;
  }

  @Override
  public void onMessageBatch(List<Message> messages, @Nullable Channel channel) {
    var source = Objects.requireNonNull(channel, "acknowledged by hand");
    try (var trace =
        tracing.batch("append", Topology.AUDIT_LOG, messages, MessageReader::traceparent)) {
      if (isRecorded(messages, source)) {
        acknowledge(source, messages.getLast());
      } else {
        trace.failed();
      }
    }
  }

  private boolean isRecorded(List<Message> messages, Channel source) {
    // A closed channel has given its messages back: whoever gets them next will do the work.
    var poison = new ArrayDeque<Poison>();
    return patience.tryUntilDone(
            "append to the book",
            source::isOpen,
            () -> poison.addAll(metrics.batch(messages.size(), () -> recorder.record(messages))))
        && patience.tryUntilDone("park poison", source::isOpen, () -> park(poison));
  }

  private void park(ArrayDeque<Poison> poison) {
    while (!poison.isEmpty()) {
      parkingLot.park(poison.getFirst());
      poison.removeFirst();
    }
  }

  private static void acknowledge(Channel channel, Message last) {
    try {
      channel.basicAck(last.getMessageProperties().getDeliveryTag(), true);
    } catch (IOException e) {
      throw new AmqpException("not acknowledged, to be delivered again", e);
    }
  }
}
