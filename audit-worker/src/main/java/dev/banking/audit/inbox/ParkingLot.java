package dev.banking.audit.inbox;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import dev.banking.common.Topology;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.support.DefaultMessagePropertiesConverter;
import org.springframework.stereotype.Component;

/** The queue {@code audit-log.parked}: where poison waits for a person. */
@Component
class ParkingLot {

  /** The broker sends a message with this header to the queues that it names as well. */
  private static final String CC = "CC";

  private static final String PARKED_CC = "x-parked-cc";

  private final ConnectionFactory connections;
  private final AmqpAdmin admin;
  private final Clock clock;
  private final Duration confirmTimeout;
  private final InboxMetrics metrics;
  private final DefaultMessagePropertiesConverter converter =
      new DefaultMessagePropertiesConverter();

  ParkingLot(
      ConnectionFactory connections,
      AmqpAdmin admin,
      Clock clock,
      InboxProperties properties,
      InboxMetrics metrics) {
    this.connections = connections;
    this.admin = admin;
    this.clock = clock;
    this.confirmTimeout = properties.confirmTimeout();
    this.metrics = metrics;
  }

  /**
   * The broker has a copy on disk when this returns.
   *
   * @throws AmqpException when it has none, or perhaps one
   */
  void park(Poison poison) {
    var body = poison.message().getBody();
    var headers = poison.message().getMessageProperties().getHeaders();
    try {
      publish(properties(poison, headers), body);
    } catch (IllegalArgumentException _) {
      // The client refuses headers beyond a frame, which the original's may have filled.
      publish(properties(poison, Map.of()), body);
    }
    metrics.parked();
  }

  /** A channel of its own each time: one that has seen a failure waits for confirms in vain. */
  private void publish(BasicProperties properties, byte[] body) {
    try (var channel = connections.createConnection().getDelegate().createChannel()) {
      if (channel == null) {
        throw new AmqpException("the connection has no channel to spare");
      }
      publish(channel, properties, body);
    } catch (IOException | TimeoutException e) {
      throw new AmqpException("not parked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AmqpException("not parked", e);
    }
  }

  private void publish(Channel channel, BasicProperties properties, byte[] body)
      throws IOException, InterruptedException, TimeoutException {
    var returned = new AtomicBoolean();
    channel.addReturnListener(_ -> returned.set(true));
    channel.confirmSelect();
    channel.basicPublish("", Topology.AUDIT_LOG_PARKED, true, properties, body);
    channel.waitForConfirmsOrDie(confirmTimeout.toMillis());
    // A return comes before its confirm.
    if (returned.get()) {
      admin.initialize();
      throw new AmqpException("there was no queue " + Topology.AUDIT_LOG_PARKED);
    }
  }

  private BasicProperties properties(Poison poison, Map<String, @Nullable Object> originalHeaders) {
    var origin = poison.message().getMessageProperties();
    Map<String, @Nullable Object> headers = new HashMap<>(originalHeaders);
    var copies = headers.remove(CC);
    if (copies != null) {
      headers.put(PARKED_CC, copies);
    }
    headers.put(Topology.PARKED_REASON, poison.reason());
    headers.put(Topology.PARKED_AT, clock.instant().toString());
    headers.put(Topology.PARKED_FROM, Topology.AUDIT_LOG);
    var routingKey = origin.getReceivedRoutingKey();
    headers.put(Topology.PARKED_ROUTING_KEY, routingKey == null ? "" : routingKey);
    // Neither its own expiry nor another's name: both would make the broker refuse or drop it.
    return converter
        .fromMessageProperties(origin, "UTF-8")
        .builder()
        .headers(headers)
        .deliveryMode(MessageDeliveryMode.toInt(MessageDeliveryMode.PERSISTENT))
        .expiration(null)
        .userId(null)
        .build();
  }
}
