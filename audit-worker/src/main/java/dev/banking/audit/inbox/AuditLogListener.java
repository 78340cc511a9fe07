package dev.banking.audit.inbox;

import com.rabbitmq.client.Channel;
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

  AuditLogListener(
      Recorder recorder, ParkingLot parkingLot, Patience patience, InboxMetrics metrics) {
    this.recorder = recorder;
    this.parkingLot = parkingLot;
    this.patience = patience;
    this.metrics = metrics;
  }

  @Override
  public void onMessageBatch(List<Message> messages, @Nullable Channel channel) {
    var source = Objects.requireNonNull(channel, "acknowledged by hand");
    // A closed channel has given its messages back: whoever gets them next will do the work.
    var poison = new ArrayDeque<Poison>();
    var isDone =
        patience.tryUntilDone(
                "append to the book",
                source::isOpen,
                () ->
                    poison.addAll(metrics.batch(messages.size(), () -> recorder.record(messages))))
            && patience.tryUntilDone("park poison", source::isOpen, () -> park(poison));
    if (isDone) {
      acknowledge(source, messages.getLast());
    }
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
