package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import dev.banking.audit.book.ChainVerdict.Sound;
import dev.banking.common.BankingEvent;
import dev.banking.common.EventCodec;
import dev.banking.common.Topology;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoisonIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final EventCodec codec = new EventCodec();
  private final TestDatabase database = new TestDatabase();
  private final TestBroker broker = TestBroker.emptied();

  PoisonIT() throws Exception {}

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "{}", "[1]", "{\"specversion\":\"1.0\"}", "\u0000"})
  void parksWhatIsNoEventAndWritesItsNeighboursDown(String body) throws Exception {
    broker.publish(Events.updates(1, 3));
    broker.publish(body, Map.of("color", "green", Topology.TRACEPARENT, "t"));
    broker.publish(Events.updates(2, 3));
    try (var worker = Worker.start(database)) {
      var parked = parked(worker, 1).getFirst();
      assertThat(new String(parked.getBody(), StandardCharsets.UTF_8)).isEqualTo(body);
      assertThat(reason(parked)).startsWith("no event: ");
      assertThat(text(parked, Topology.PARKED_FROM)).isEqualTo("audit-log");
      assertThat(text(parked, Topology.PARKED_ROUTING_KEY)).isEqualTo("any.key");
      assertThat(Instant.parse(text(parked, Topology.PARKED_AT))).isBefore(Instant.now());
      assertThat(text(parked, "color")).isEqualTo("green");
      assertThat(parked.getProps().getMessageId()).isEqualTo("m-1");
      assertThat(parked.getProps().getContentType()).isEqualTo(EventCodec.CONTENT_TYPE);
      assertThat(parked.getProps().getDeliveryMode()).isEqualTo(2);
      assertSound(worker, 6);
    }
  }

  @Test
  void parksWhatTheDatabaseRefusesForItsDataAlone() throws Exception {
    var events = new ArrayList<BankingEvent>(Events.updates(1, 150));
    events.add(17, Events.updated(2, 1, "nul \u0000 in it"));
    events.add(18, Events.updated(2, 2, "nul \u0000 in it"));
    events.add(151, Events.updated(2, 3, "\u0000"));
    broker.publish(events);
    try (var worker = Worker.start(database)) {
      assertThat(parked(worker, 3))
          .allSatisfy(
              parked -> assertThat(reason(parked)).isEqualTo("refused by the database: 22021"));
      assertSound(worker, 150);
      assertThat(
              database
                  .superuser()
                  .sql("SELECT sequence FROM audit.audit_log ORDER BY position")
                  .query(Long.class)
                  .list())
          .isSorted();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+10000-01-01T00:00:00Z",
        "+294277-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z",
        "-0001-01-01T00:00:00Z",
        "-1000000000-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z"
      })
  void neverWritesATimeDownOtherThanItIs(String time) throws Exception {
    broker.publish(text(Events.updated(1, 1)).replace("2026-11-01T12:00:00.000001Z", time));
    broker.publish(Events.updated(1, 2));
    try (var worker = Worker.start(database)) {
      assertThat(reason(parked(worker, 1).getFirst()))
          .isEqualTo("no event: time is beyond the years 1 to 9999");
      assertSound(worker, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "a\\udc00b", "\\udc00\\ud800"})
  void neverWritesATextDownOtherThanItIs(String halfACharacter) throws Exception {
    broker.publish(text(Events.updated(1, 1)).replace("anonymous", halfACharacter));
    broker.publish(Events.updated(1, 2));
    try (var worker = Worker.start(database)) {
      assertThat(reason(parked(worker, 1).getFirst())).contains("half a character");
      assertSound(worker, 1);
    }
  }

  @Test
  void parksAnotherEventUnderTheSameId() throws Exception {
    var event = Events.updated(1, 1);
    var same = text(event).replace("\"dataversion\":1", "\"dataversion\":1,\"later\":true");
    var forged = text(event).replace("9998.00", "9999.00");
    broker.publish(event);
    broker.publish(forged);
    broker.publish(same);
    try (var worker = Worker.start(database)) {
      assertThat(reason(parked(worker, 1).getFirst())).isEqualTo("another event has the same id");
      broker.publish(forged);
      parked(worker, 2);
      assertThat(worker.count("audit.duplicates")).isEqualTo(1);
      assertSound(worker, 1);
    }
  }

  @Test
  void isNotLedAstrayByHeaders() throws Exception {
    var headers =
        Map.<String, Object>of(
            "springBatchFormat", "lengthHeader4",
            "CC", List.of("audit-log"),
            "amqp_deliveryTag", "99999",
            "contentType", "x/y");
    var properties =
        TestBroker.properties("m", headers).builder().userId("user").expiration("60000").build();
    broker.publish(properties, "poison".getBytes(StandardCharsets.UTF_8));
    var good = codec.write(Events.updated(1, 1));
    broker.publish(properties, good);
    try (var worker = Worker.start(database)) {
      await().atMost(SOON).until(() -> database.entries() == 1);
      await().atMost(SOON).until(() -> broker.waiting(Topology.AUDIT_LOG) == 0);
      assertThat(broker.parked())
          .isNotEmpty()
          .allSatisfy(parked -> {
            assertThat(parked.getProps().getExpiration()).isNull();
            assertThat(parked.getProps().getHeaders()).containsKey("x-parked-cc");
          });
      assertSound(worker, 1);
    }
  }

  @Test
  void parksAMessageWhoseHeadersFillAFrame() throws Exception {
    var large = "h".repeat(131_072 - 200);
    broker.publish("poison", Map.of("large", large));
    try (var worker = Worker.start(database)) {
      assertThat(reason(parked(worker, 1).getFirst())).isEqualTo("no event: not JSON");
    }
  }

  @Test
  void keepsPoisonUntilThereIsAParkingQueueAgain() throws Exception {
    try (var worker = Worker.start(database)) {
      broker.deleteParkingQueue();
      broker.publish("poison");
      broker.publish(Events.updated(1, 1));
      assertThat(reason(parked(worker, 1).getFirst())).isEqualTo("no event: not JSON");
      assertSound(worker, 1);
    }
  }

  @Test
  void countsWhatIsParkedUntilSomebodyTakesIt() throws Exception {
    broker.publish("nonsense", Map.of());
    try (var worker = Worker.start(database, "--audit.inbox.sample-interval=50ms")) {
      await().atMost(SOON).until(() -> worker.gauge("audit.queue.parked") == 1);
      assertThat(worker.gauge("audit.queue.messages")).isZero();
      assertThat(broker.parked()).hasSize(1);
      await().atMost(SOON).until(() -> worker.gauge("audit.queue.parked") == 0);
    }
  }

  private List<GetResponse> parked(Worker worker, int count) throws Exception {
    await().atMost(SOON).until(() -> worker.count("audit.parked") >= count);
    var parked = broker.parked();
    assertThat(worker.count("audit.parked")).isEqualTo(count);
    return parked;
  }

  private void assertSound(Worker worker, int entries) {
    await().atMost(SOON).until(() -> database.entries() >= entries);
    assertThat(worker.check())
        .isInstanceOfSatisfying(
            Sound.class, sound -> assertThat(sound.entries()).isEqualTo(entries));
  }

  private String text(BankingEvent event) {
    return new String(codec.write(event), StandardCharsets.UTF_8);
  }

  private static String reason(GetResponse message) {
    return text(message, Topology.PARKED_REASON);
  }

  private static String text(GetResponse message, String header) {
    BasicProperties properties = message.getProps();
    return String.valueOf(properties.getHeaders().get(header));
  }
}
