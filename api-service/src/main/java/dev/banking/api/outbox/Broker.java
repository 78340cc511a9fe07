package dev.banking.api.outbox;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.banking.api.settings.SettingException;
import dev.banking.common.Topology;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Exchange;
import org.springframework.amqp.core.Queue;
import org.springframework.stereotype.Component;

/**
 * Where the broker is. A connection is never repaired: whoever finds it broken closes it and asks
 * for a new one, so that no channel outlives an outage half alive.
 */
@Component
class Broker {

  private static final int CONNECT_TIMEOUT_MS = 2_000;
  private static final int HEARTBEAT_S = 5;
  private static final int CALL_TIMEOUT_MS = 10_000;
  private static final int HIGHEST_PORT = 65_535;

  private final ConnectionFactory factory = new ConnectionFactory();
  private final List<Address> addresses = new ArrayList<>();
  private int next;

  /** Reads the addresses; user, password and virtual host are those of the first. */
  Broker(OutboxProperties properties) {
    try {
      for (var uri : properties.broker().split(",", -1)) {
        var one = new ConnectionFactory();
        one.setUri(complete(uri.strip()));
        addresses.add(new Address(one.getHost(), one.getPort()));
      }
      factory.setUri(properties.broker().split(",", -1)[0].strip());
    } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
      // Without the cause, whose message would show the password.
      throw new SettingException(
          "RABBITMQ_URL is not amqp://user:password@host:port ("
              + e.getClass().getSimpleName()
              + ")");
    }
    factory.setAutomaticRecoveryEnabled(false);
    factory.setConnectionTimeout(CONNECT_TIMEOUT_MS);
    factory.setHandshakeTimeout(CONNECT_TIMEOUT_MS);
    factory.setRequestedHeartbeat(HEARTBEAT_S);
    // A node that was cut off from its cluster goes on with its heartbeats, but may never answer
    // a declaration. The client would wait for ten minutes, and so would the events.
    factory.setChannelRpcTimeout(CALL_TIMEOUT_MS);
  }

  /** The client would take localhost where it reads no host. */
  private static URI complete(String address) throws URISyntaxException {
    var uri = new URI(address);
    if (uri.getScheme() == null || uri.getHost() == null || uri.getPort() > HIGHEST_PORT) {
      throw new URISyntaxException("…", "no scheme, host or port");
    }
    return uri;
  }

  /**
   * Connects and makes sure that exchange and queues are there before the first message. Begins
   * with another address each time: one may take connections and nothing else.
   */
  ConfirmedPublisher connect() throws IOException, TimeoutException {
    var inTurn = new ArrayList<>(addresses);
    Collections.rotate(inTurn, -next);
    next = (next + 1) % addresses.size();
    var connection = factory.newConnection(inTurn, "api-service outbox relay");
    try {
      declareTopology(connection);
      return new ConfirmedPublisher(connection);
    } catch (IOException | RuntimeException e) {
      connection.abort(1_000);
      throw e;
    }
  }

  private static void declareTopology(Connection connection) throws IOException {
    var channel = connection.createChannel();
    for (var declarable : Topology.declarables().getDeclarables()) {
      switch (declarable) {
        case Exchange exchange ->
            channel.exchangeDeclare(
                exchange.getName(), exchange.getType(), exchange.isDurable(), false, null);
        case Queue queue ->
            channel.queueDeclare(
                queue.getName(), queue.isDurable(), false, false, queue.getArguments());
        case Binding binding -> bind(channel, binding);
        default -> throw new IllegalStateException("cannot declare " + declarable.getClass());
      }
    }
    channel.abort();
  }

  private static void bind(Channel channel, Binding binding) throws IOException {
    channel.queueBind(
        binding.getDestination(), binding.getExchange(), binding.getRoutingKey(), null);
  }
}
