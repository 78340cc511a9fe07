package dev.banking.notification.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import dev.banking.common.Topology;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.support.DefaultMessagePropertiesConverter;
import org.springframework.stereotype.Component;

/**
 * Puts poison into the parking queue, confirmed. Every call has a channel of its own, which it
 * closes: a channel in confirm mode that survives a failure is not to be trusted.
 */
@Component
class ParkingLot {

  private static final int MAX_REASON_LENGTH = 500;

  private final ConnectionFactory connections;
  private final AmqpAdmin admin;
  private final InboxProperties properties;
  private final Clock clock;
  private final DefaultMessagePropertiesConverter converter =
      new DefaultMessagePropertiesConverter();

  ParkingLot(
      ConnectionFactory connections, AmqpAdmin admin, InboxProperties properties, Clock clock) {
    this.connections = connections;
    this.admin = admin;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * Returns when the broker has taken the responsibility for all of them.
   *
   * @throws ParkingFailedException when it is not known to have: keep the messages
   */
  void park(List<Poison> poisons) throws ParkingFailedException {
    try (var channel = connections.createConnection().getDelegate().createChannel()) {
      // Null when the connection has no number left for another channel.
      if (channel == null) {
        throw new ParkingFailedException("no channel left", null);
      }
      publish(channel, poisons);
    } catch (IOException | TimeoutException | AmqpException e) {
      throw new ParkingFailedException("the broker does not take it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ParkingFailedException("interrupted", e);
    }
  }

  private void publish(Channel channel, List<Poison> poisons)
      throws IOException, TimeoutException, InterruptedException, ParkingFailedException {
    // A confirm alone would also come for a message that no queue got. Returns come before it.
    var returned = new ConcurrentLinkedQueue<String>();
    channel.addReturnListener(back -> returned.add(back.getReplyText()));
    channel.confirmSelect();
    for (var poison : poisons) {
      publish(channel, poison);
    }
    channel.waitForConfirmsOrDie(properties.confirmTimeout().toMillis());
    if (!returned.isEmpty()) {
      admin.initialize();
      throw new ParkingFailedException("returned by the broker: " + returned.peek(), null);
    }
  }

  private void publish(Channel channel, Poison poison) throws IOException {
    var body = poison.message().getBody();
    try {
      publish(channel, parked(poison, originalHeaders(poison.message())), body);
    } catch (IllegalArgumentException _) {
      // The client refuses headers beyond a frame, which the original's may have filled.
      publish(channel, parked(poison, Map.of()), body);
    }
  }

  private static void publish(Channel channel, BasicProperties parked, byte[] body)
      throws IOException {
    channel.basicPublish("", Topology.NOTIFICATIONS_PARKED, true, parked, body);
  }

  // Without an expiration, which would lose it; without the user id, which the broker compares with
  // this connection's; persistent, whatever it was.
  private BasicProperties parked(Poison poison, Map<String, Object> originalHeaders) {
    var properties = poison.message().getMessageProperties();
    var headers = new HashMap<>(originalHeaders);
    headers.put(Topology.PARKED_REASON, cut(poison.reason()));
    headers.put(Topology.PARKED_AT, clock.instant().toString());
    headers.put(Topology.PARKED_FROM, Topology.NOTIFICATIONS);
    headers.put(Topology.PARKED_ROUTING_KEY, String.valueOf(properties.getReceivedRoutingKey()));
    return converter
        .fromMessageProperties(properties, UTF_8.name())
        .builder()
        .headers(headers)
        .deliveryMode(2)
        .expiration(null)
        .userId(null)
        .build();
  }

  // The broker would send copies to the queues that CC and BCC name: keep them under other names.
  private static Map<String, Object> originalHeaders(Message message) {
    var headers = new HashMap<String, Object>();
    message
        .getMessageProperties()
        .getHeaders()
        .forEach((name, value) -> headers.put(renamed(name), value));
    return headers;
  }

  private static String renamed(String header) {
    return header.equals("CC") || header.equals("BCC") ? "x-parked-" + header : header;
  }

  private static String cut(String reason) {
    return reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH);
  }
}
