package dev.banking.audit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.banking.common.BankingEvent;
import dev.banking.common.EventCodec;
import dev.banking.common.Topology;
import dev.banking.localstack.Backends;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Binding;
import org.springframework.amqp.core.Exchange;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

/** The other side: publishes events as the API does, and looks into the queues. */
final class TestBroker implements AutoCloseable {

  private final EventCodec codec = new EventCodec();
  private final Connection connection;
  private final Channel channel;

  private TestBroker() throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(Backends.shared().environment().get("RABBITMQ_URL"));
    factory.setAutomaticRecoveryEnabled(false);
    connection = factory.newConnection("test");
    declare(factory);
    channel = connection.createChannel();
    channel.confirmSelect();
  }

  /** With the topology in place. */
  static TestBroker connect() throws Exception {
    return new TestBroker();
  }

  /** As well, with nothing in the queues. */
  static TestBroker emptied() throws Exception {
    var broker = connect();
    broker.channel.queuePurge(Topology.AUDIT_LOG);
    broker.channel.queuePurge(Topology.AUDIT_LOG_PARKED);
    return broker;
  }

  private static void declare(ConnectionFactory factory) {
    var connections = new CachingConnectionFactory(factory);
    try {
      var admin = new RabbitAdmin(connections);
      var declarables = Topology.declarables();
      declarables.getDeclarablesByType(Exchange.class).forEach(admin::declareExchange);
      declarables.getDeclarablesByType(Queue.class).forEach(admin::declareQueue);
      declarables.getDeclarablesByType(Binding.class).forEach(admin::declareBinding);
    } finally {
      connections.destroy();
    }
  }

  void publish(BankingEvent event) throws Exception {
    publish(List.of(event));
  }

  void publish(List<? extends BankingEvent> events) throws Exception {
    for (var event : events) {
      send(event.type(), properties(event.id().toString(), Map.of()), codec.write(event));
    }
    channel.waitForConfirmsOrDie(60_000);
  }

  void publish(String body) throws Exception {
    publish(body, Map.of());
  }

  void publish(String body, Map<String, Object> headers) throws Exception {
    send("any.key", properties("m-1", headers), body.getBytes(StandardCharsets.UTF_8));
    channel.waitForConfirmsOrDie(10_000);
  }

  void publish(BasicProperties properties, byte[] body) throws Exception {
    send("any.key", properties, body);
    channel.waitForConfirmsOrDie(10_000);
  }

  static BasicProperties properties(String messageId, Map<String, Object> headers) {
    return new BasicProperties.Builder()
        .messageId(messageId)
        .contentType(EventCodec.CONTENT_TYPE)
        .deliveryMode(2)
        .headers(headers)
        .build();
  }

  private void send(String key, BasicProperties properties, byte[] body) throws Exception {
    channel.basicPublish(Topology.EXCHANGE, key, true, properties, body);
  }

  void deleteParkingQueue() throws Exception {
    channel.queueDelete(Topology.AUDIT_LOG_PARKED);
  }

  long waiting(String queue) throws Exception {
    return channel.messageCount(queue);
  }

  /** Puts a message where poison waits, as the worker does. */
  void park(BasicProperties properties, byte[] body) throws Exception {
    channel.basicPublish("", Topology.AUDIT_LOG_PARKED, true, properties, body);
    channel.waitForConfirmsOrDie(10_000);
  }

  void publishUnconfirmed(String queue, BasicProperties properties, byte[] body) throws Exception {
    channel.basicPublish("", queue, true, properties, body);
  }

  void awaitConfirms() throws Exception {
    channel.waitForConfirmsOrDie(60_000);
  }

  void deleteQueue(String queue) throws Exception {
    channel.queueDelete(queue);
  }

  /** The next message of a queue, taken. */
  @Nullable GetResponse take(String queue) throws Exception {
    return channel.basicGet(queue, true);
  }

  /** Takes what is parked. */
  List<GetResponse> parked() throws Exception {
    var parked = new ArrayList<GetResponse>();
    for (var message = next(); message != null; message = next()) {
      parked.add(message);
    }
    return parked;
  }

  private @Nullable GetResponse next() throws Exception {
    return channel.basicGet(Topology.AUDIT_LOG_PARKED, true);
  }

  @Override
  public void close() {
    connection.abort(2_000);
  }
}
