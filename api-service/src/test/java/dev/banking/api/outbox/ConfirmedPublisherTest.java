package dev.banking.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fate of each message, whatever the broker says about it and in whatever order. */
class ConfirmedPublisherTest {

  private static final String NACK = "refused by the broker (nack)";
  private static final String RETURNED = "returned: 312 NO_ROUTE";
  private static final Duration TIMEOUT = Duration.ofMillis(1_234);

  private final FakeBroker broker = new FakeBroker(OutboxRelayTest.properties(Duration.ZERO));
  private final List<WaitingEvent> four = List.of(event(11), event(12), event(13), event(14));
  private ConfirmedPublisher publisher;

  @BeforeEach
  void connect() throws IOException {
    publisher = broker.connect();
  }

  static WaitingEvent event(long id) {
    return event(id, null, 0);
  }

  static WaitingEvent event(long id, @Nullable String traceparent, int attempts) {
    return event(id, traceparent, attempts, Instant.EPOCH);
  }

  static WaitingEvent event(
      long id, @Nullable String traceparent, int attempts, Instant createdAt) {
    return new WaitingEvent(
        7,
        id,
        new UUID(0, id),
        "balance.updated",
        new byte[] {(byte) id},
        traceparent,
        createdAt,
        attempts);
  }

  private Map<Long, String> publish(List<WaitingEvent> events) throws Exception {
    return publisher.publish(events, TIMEOUT);
  }

  @Test
  void sendsWhatOutlivesTheBrokerAndMayNotGetLost() throws Exception {
    assertThat(publish(List.of(event(11, "00-trace", 0)))).isEmpty();
    var message = broker.messages.getFirst();
    assertThat(message.exchange()).isEqualTo("banking.transactions");
    assertThat(message.key()).isEqualTo("balance.updated");
    assertThat(message.mandatory()).isTrue();
    assertThat(message.body()).containsExactly(11);
    assertThat(message.properties().getDeliveryMode()).as("persistent").isEqualTo(2);
    assertThat(message.properties().getMessageId()).isEqualTo(new UUID(0, 11).toString());
    assertThat(message.properties().getType()).isEqualTo("balance.updated");
    assertThat(message.properties().getContentType()).isEqualTo("application/cloudevents+json");
    assertThat(message.properties().getHeaders())
        .isEqualTo(Map.<String, Object>of("traceparent", "00-trace"));
    assertThat(broker.waitedMillis).isEqualTo(1_234);
  }

  @Test
  void namesNoTraceWhereThereIsNone() throws Exception {
    publish(four);
    assertThat(broker.messages).hasSize(4);
    assertThat(broker.messages.getFirst().properties().getHeaders()).isEmpty();
  }

  @Test
  void countsWhatComesBackAsRefusedAlthoughItIsConfirmed() throws Exception {
    broker.answers.add(b -> {
      b.giveBack(new UUID(0, 12).toString());
      b.ack(4, true);
    });
    assertThat(publish(four)).isEqualTo(Map.of(12L, RETURNED));
  }

  @Test
  void refusesOneAlone() throws Exception {
    broker.answers.add(b -> {
      b.nack(3, false);
      b.ack(4, true);
    });
    assertThat(publish(four)).isEqualTo(Map.of(13L, NACK));
  }

  @Test
  void refusesAllUpToATag() throws Exception {
    broker.answers.add(b -> {
      b.nack(2, true);
      b.ack(4, true);
    });
    assertThat(publish(four)).isEqualTo(Map.of(11L, NACK, 12L, NACK));
  }

  @Test
  void doesNotRefuseWhatWasConfirmedBefore() throws Exception {
    broker.answers.add(b -> {
      b.ack(2, false);
      b.nack(4, true);
    });
    assertThat(publish(four)).isEqualTo(Map.of(11L, NACK, 13L, NACK, 14L, NACK));
  }

  @Test
  void judgesNobodyWhenTheBrokerTakesNothing() {
    broker.answers.add(b -> b.nack(4, true));
    assertThatThrownBy(() -> publish(four))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing of a batch of 4");
  }

  @Test
  void judgesEachBatchByItself() throws Exception {
    broker.answers.add(b -> {
      b.giveBack(new UUID(0, 12).toString());
      b.nack(3, true);
      b.ack(4, false);
    });
    publish(four);
    broker.answers.add(b -> {
      b.giveBack(new UUID(0, 12).toString());
      b.giveBack("of somebody else");
      b.ack(5, true);
    });
    assertThat(publish(List.of(event(15)))).isEmpty();
  }

  @Test
  void saysSoWhenTheBrokerIsTooSlow() {
    broker.answers.add(_ -> {
      throw new TimeoutException();
    });
    assertThatThrownBy(() -> publish(four)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void closesItsConnection() {
    publisher.close();
    assertThat(broker.closed).hasValue(1);
  }
}
