package dev.banking.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.banking.api.Api;
import dev.banking.api.RealBackends;
import dev.banking.common.BalanceUpdated;
import dev.banking.common.EventCodec;
import dev.banking.common.Topology;
import dev.banking.common.UserCreated;
import dev.banking.localstack.Backends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the world is told, by a real broker. */
@RealBackends
class OutboxRelayIT {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final EventCodec codec = new EventCodec();
  private final List<GetResponse> received = new ArrayList<>();
  private Connection connection;
  private Channel channel;

  @LocalServerPort private int port;
  @Autowired private JdbcClient jdbc;

  @BeforeEach
  void listen() throws Exception {
    await().atMost(LONG).until(() -> waiting() == 0);
    connect();
    channel.queuePurge(Topology.AUDIT_LOG);
  }

  private void connect() throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(Backends.shared().environment().get("RABBITMQ_URL"));
    connection = factory.newConnection();
    channel = connection.createChannel();
  }

  @AfterEach
  void disconnect() {
    connection.abort();
  }

  @Test
  void tellsTheWorldOnceInTheOrderOfTheSequences() throws Exception {
    var api = new Api(port);
    var id = api.createUser("100");
    api.put(id, "-1.50", "X-Request-Id", "told", "traceparent", TRACEPARENT);
    for (var i = 0; i < 99; i++) {
      api.put(id, i % 10 == 0 ? "-1000" : "-0.01");
    }
    receive(101);
    assertThat(codec.read(received.getFirst().getBody())).isInstanceOf(UserCreated.class);
    var message = received.get(1);
    var event = (BalanceUpdated) codec.read(message.getBody());
    assertThat(event.amount()).hasToString("-1.50");
    assertThat(event.previousBalance()).hasToString("100.00");
    assertThat(event.newBalance()).hasToString("98.50");
    assertThat(event.requestId()).isEqualTo("told");
    assertThat(event.actor()).isEqualTo("anonymous");
    var properties = message.getProps();
    assertThat(properties.getMessageId()).isEqualTo(event.id().toString());
    assertThat(properties.getType()).isEqualTo("balance.updated");
    assertThat(message.getEnvelope().getRoutingKey()).isEqualTo("balance.updated");
    assertThat(properties.getDeliveryMode()).as("persistent").isEqualTo(2);
    assertThat(properties.getContentType()).isEqualTo("application/cloudevents+json");
    assertThat(properties.getHeaders().get("traceparent")).hasToString(TRACEPARENT);

    var sequences = new ArrayList<Long>();
    for (var one : received) {
      if (one.getEnvelope().getRoutingKey().equals("balance.updated")) {
        sequences.add(codec.read(one.getBody()).sequence());
      }
    }
    assertThat(sequences).isEqualTo(LongStream.rangeClosed(2, 91).boxed().toList());
    assertThat(received.stream().map(one -> one.getProps().getMessageId())).doesNotHaveDuplicates();
    assertThat(waiting()).isZero();
  }

  @Test
  void servesAndKeepsEveryEventWhileTheBrokerIsAway() throws Exception {
    var api = new Api(port);
    var id = api.createUser("100");
    receive(1);
    disconnect();
    Backends.shared().rabbitMq().kill();
    try {
      for (var i = 0; i < 50; i++) {
        assertThat(api.put(id, "-1").status()).isEqualTo(200);
      }
      assertThat(waiting()).isEqualTo(50);
    } finally {
      Backends.shared().rabbitMq().start();
    }
    connect();
    received.clear();
    receive(50);
    await().atMost(LONG).until(() -> waiting() == 0);
    assertThat(received.stream().map(one -> one.getProps().getMessageId()).distinct()).hasSize(50);
  }

  @Test
  void parksWhatTheBrokerKeepsRefusingWhileTheRestGoesOn() throws Exception {
    var api = new Api(port);
    var id = api.createUser("100");
    receive(1);
    // Nothing is bound for this key once the audit queue's binding is gone: the event comes back.
    channel.queueUnbind(Topology.AUDIT_LOG, Topology.EXCHANGE, "#");
    channel.queueBind(Topology.AUDIT_LOG, Topology.EXCHANGE, BalanceUpdated.TYPE);
    try {
      api.put(id, "-1000");
      received.clear();
      api.put(id, "-1");
      receive(1);
      assertThat(received.getFirst().getEnvelope().getRoutingKey()).isEqualTo("balance.updated");
      await().atMost(Duration.ofSeconds(60)).until(() -> parked() == 1);
      assertThat(
              jdbc.sql("SELECT attempts || ' ' || last_error FROM banking.outbox")
                  .query(String.class)
                  .single())
          .isEqualTo("10 returned: 312 NO_ROUTE");
    } finally {
      channel.queueBind(Topology.AUDIT_LOG, Topology.EXCHANGE, "#");
      jdbc.sql("DELETE FROM banking.outbox WHERE parked_at IS NOT NULL").update();
    }
  }

  private void receive(int many) {
    var wanted = received.size() + many;
    await()
        .atMost(LONG)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          for (var one = channel.basicGet(Topology.AUDIT_LOG, true);
              one != null;
              one = channel.basicGet(Topology.AUDIT_LOG, true)) {
            received.add(one);
          }
          return received.size() >= wanted;
        });
    assertThat(received).hasSize(wanted);
  }

  private long waiting() {
    return count("parked_at IS NULL");
  }

  private long parked() {
    return count("parked_at IS NOT NULL");
  }

  private long count(String condition) {
    return jdbc.sql("SELECT count(*) FROM banking.outbox WHERE " + condition)
        .query(Long.class)
        .single();
  }
}
