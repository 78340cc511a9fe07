package dev.banking.api.outbox;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import dev.banking.common.EventCodec;
import dev.banking.common.Topology;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;

/**
 * Publishes batches on one channel of its own and knows the fate of each message.
 *
 * <p>A confirm alone is no proof of routing: messages are mandatory, and one that comes back counts
 * as refused although the broker confirms it afterwards (it sends the return first, see <a
 * href="https://www.rabbitmq.com/docs/confirms#when-publishes-are-confirmed">the manual</a>). A
 * batch of which the broker takes nothing says nothing about its messages: the broker cannot store
 * any now, or this channel looks for a queue's leader where it died. One thread only; any exception
 * means that the channel is to be closed and the batch's fate is open.
 */
final class ConfirmedPublisher implements AutoCloseable {

  private static final int PERSISTENT = 2;

  private final Connection connection;
  private final Channel channel;
  private final ConcurrentSkipListMap<Long, WaitingEvent> unconfirmed =
      new ConcurrentSkipListMap<>();
  private final Map<Long, String> refused = new ConcurrentHashMap<>();
  private final Map<String, Long> rowOfMessage = new ConcurrentHashMap<>();
  private volatile boolean hasConfirmed;

  /** Opens a channel on the connection, which it closes with itself. */
  ConfirmedPublisher(Connection connection) throws IOException {
    this.connection = connection;
    this.channel = connection.createChannel();
    channel.confirmSelect();
    channel.addReturnListener(this::returned);
    channel.addConfirmListener(
        new ConfirmListener() {
          @Override
          public void handleAck(long deliveryTag, boolean multiple) {
            settled(deliveryTag, multiple, false);
          }

          @Override
          public void handleNack(long deliveryTag, boolean multiple) {
            settled(deliveryTag, multiple, true);
          }
        });
  }

  /**
   * Publishes the events and waits until the broker has settled all of them.
   *
   * @return the refused ones by row id, with the reason; everything else is confirmed and routed
   * @throws IOException when the channel broke, or the broker took none of them
   * @throws TimeoutException when the broker did not settle them in time
   */
  Map<Long, String> publish(List<WaitingEvent> events, Duration timeout)
      throws IOException, TimeoutException, InterruptedException {
    refused.clear();
    rowOfMessage.clear();
    hasConfirmed = false;
    for (var event : events) {
      unconfirmed.put(channel.getNextPublishSeqNo(), event);
      rowOfMessage.put(event.eventId().toString(), event.id());
      channel.basicPublish(
          Topology.EXCHANGE, event.type(), true, propertiesOf(event), event.payload());
    }
    channel.waitForConfirms(timeout.toMillis());
    if (!hasConfirmed) {
      throw new IOException("the broker took nothing of a batch of " + events.size());
    }
    return Map.copyOf(refused);
  }

  private static AMQP.BasicProperties propertiesOf(WaitingEvent event) {
    var headers = new HashMap<String, Object>();
    if (event.traceparent() != null) {
      headers.put(Topology.TRACEPARENT, event.traceparent());
    }
    return new AMQP.BasicProperties.Builder()
        .messageId(event.eventId().toString())
        .type(event.type())
        .contentType(EventCodec.CONTENT_TYPE)
        .deliveryMode(PERSISTENT)
        .headers(headers)
        .build();
  }

  private void returned(Return message) {
    var row = rowOfMessage.get(message.getProperties().getMessageId());
    if (row != null) {
      refused.put(row, "returned: " + message.getReplyCode() + " " + message.getReplyText());
    }
  }

  private void settled(long deliveryTag, boolean multiple, boolean nack) {
    SortedMap<Long, WaitingEvent> those =
        multiple
            ? unconfirmed.headMap(deliveryTag, true)
            : unconfirmed.subMap(deliveryTag, true, deliveryTag, true);
    hasConfirmed |= !nack;
    if (nack) {
      those.values().forEach(event -> refused.put(event.id(), "refused by the broker (nack)"));
    }
    those.clear();
  }

  /** False once the connection has broken, whoever noticed: the client, by its heartbeat, or us. */
  boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  public void close() {
    connection.abort(1_000);
  }
}
