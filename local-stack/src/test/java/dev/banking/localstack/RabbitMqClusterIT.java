package dev.banking.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("dev.banking.localstack.SharedBackends#areNative")
class RabbitMqClusterIT {

  private static final String QUEUE = "kept";
  private static final Duration ELECTION = Duration.ofSeconds(20);

  @TempDir private static Path folder;

  private static RabbitMqCluster cluster;

  @BeforeAll
  static void start() {
    cluster = new RabbitMqCluster(folder, (_, _) -> {});
    cluster.start();
  }

  @AfterAll
  static void leavesNoProcess() {
    cluster.close();
    assertThat(Leftovers.of(folder)).isEmpty();
  }

  @Test
  void aConfirmedMessageSurvivesTheLeaderWhichComesBack() throws Exception {
    assertThat(cluster.url()).matches("amqp://[^,]+(,amqp://[^,]+){2}");
    on(
        1,
        channel -> {
          channel.queueDeclare(QUEUE, true, false, false, Map.of("x-queue-type", "quorum"));
          channel.confirmSelect();
          var body = "before".getBytes(StandardCharsets.UTF_8);
          channel.basicPublish("", QUEUE, MessageProperties.PERSISTENT_TEXT_PLAIN, body);
          channel.waitForConfirmsOrDie(5_000);
        });
    var before = cluster.queue(QUEUE).orElseThrow();
    assertThat(before.type()).isEqualTo("quorum");
    assertThat(before.members()).isEqualTo(3);

    cluster.node(before.leader()).kill();
    await("another one leads")
        .atMost(ELECTION)
        .until(() -> leader() != 0 && leader() != before.leader());
    on(
        leader(),
        channel -> {
          var message = channel.basicGet(QUEUE, true);
          assertThat(message.getBody()).asString(StandardCharsets.UTF_8).isEqualTo("before");
        });

    cluster.node(before.leader()).start();
    await("all three are there")
        .atMost(ELECTION)
        .until(() -> cluster.queue(QUEUE).orElseThrow().online() == 3);
  }

  private static int leader() {
    return cluster.queue(QUEUE).orElseThrow().leader();
  }

  private static void on(int node, Work work) throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(cluster.node(node).url());
    try (var connection = factory.newConnection();
        var channel = connection.createChannel()) {
      work.with(channel);
    }
  }

  @FunctionalInterface
  private interface Work {
    void with(Channel channel) throws Exception;
  }
}
