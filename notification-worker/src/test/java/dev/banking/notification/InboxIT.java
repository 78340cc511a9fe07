package dev.banking.notification;

import static dev.banking.notification.TestWorker.event;
import static dev.banking.notification.TestWorker.eventually;
import static dev.banking.notification.TestWorker.json;
import static dev.banking.notification.TestWorker.message;
import static dev.banking.notification.TestWorker.newUser;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.common.Money;
import dev.banking.common.Topology;
import dev.banking.common.UserCreated;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.MessageDeliveryMode;

class InboxIT {

  private final TestWorker worker = new TestWorker();

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void recordsWhatTheEventSays() {
    worker.start(Map.of());
    var user = newUser();
    var event = event(user, 7);
    var traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    worker.enqueue(
        message(json(event).getBytes(UTF_8)).setHeader("traceparent", traceparent).build());

    eventually().until(() -> worker.rows(user) == 1);
    assertThat(worker.row(user))
        .containsEntry("event_id", event.id())
        .containsEntry("sequence", 7L)
        .containsEntry("event_type", "balance.updated")
        .containsEntry("channel", "log")
        .containsEntry("status", "SENT")
        .containsEntry("attempts", 1)
        .containsEntry("payload", json(event))
        .containsEntry("request_id", "request-7")
        .containsEntry("traceparent", traceparent)
        .containsEntry("occurred_at", java.sql.Timestamp.from(event.time()));
  }

  @Test
  void recordsEachEventOnceHoweverOftenItComes() {
    var user = newUser();
    var events = LongStream.rangeClosed(1, 300).mapToObj(i -> event(user, i)).toList();
    for (var round = 0; round < 3; round++) {
      events.forEach(worker::publish);
    }

    worker.start(Map.of());

    eventually()
        .until(() ->
            worker.counted("notification.processed") + worker.counted("notification.duplicates")
                == 900);
    assertThat(worker.rows(user)).isEqualTo(300);
    assertThat(worker.counted("notification.duplicates")).isEqualTo(600);
    eventually().until(() -> worker.queued(Topology.NOTIFICATIONS) == 0);
  }

  @Test
  void recordsOnceWhatComesAgainAfterACrashBetweenCommitAndAck() {
    worker.start(Map.of());
    var user = newUser();
    var event = event(user, 1);
    worker.publish(event);
    eventually().until(() -> worker.rows(user) == 1);
    worker.stop();
    worker.enqueue(json(event));

    worker.start(Map.of());

    eventually().until(() -> worker.counted("notification.duplicates") == 1);
    assertThat(worker.rows(user)).isEqualTo(1);
  }

  @Test
  void doesNotHoldBackALoneMessage() {
    worker.start(Map.of());
    var warm = newUser();
    worker.publish(event(warm, 1));
    eventually().until(() -> worker.rows(warm) == 1);
    var user = newUser();

    worker.publish(event(user, 1));

    eventually().atMost(Duration.ofMillis(900)).until(() -> worker.rows(user) == 1);
  }

  @Test
  void parksPoisonOfEveryKindAndRecordsTheRest() {
    var user = newUser();
    var poisons = poisons();
    var sequence = 0L;
    for (var poison : poisons.keySet()) {
      worker.publish(event(user, ++sequence));
      worker.enqueue(message(HexFormat.of().parseHex(poison)).build());
    }
    worker.publish(event(user, ++sequence));
    var expected = (int) sequence;

    worker.start(Map.of());

    eventually().until(() -> worker.rows(user) == expected);
    eventually().until(() -> worker.queued(Topology.NOTIFICATIONS_PARKED) == poisons.size());
    var reasons = new HashMap<String, String>();
    for (var i = 0; i < poisons.size(); i++) {
      var parked = worker.takeParked();

      reasons.put(
          hex(parked.getBody()), parked.getMessageProperties().getHeader(Topology.PARKED_REASON));
    }
    assertThat(reasons).isEqualTo(poisons);
    assertThat(worker.queued(Topology.NOTIFICATIONS)).isZero();
    assertThat(worker.counted("notification.parked")).isEqualTo(poisons.size());
  }

  /** The bodies in hexadecimal digits, and why each is parked. */
  private static Map<String, String> poisons() {
    var good = json(event(newUser(), 1));
    var created =
        new UserCreated(
            UUID.randomUUID(),
            Instant.EPOCH,
            newUser(),
            0,
            UUID.randomUUID(),
            Money.ZERO,
            "a",
            "r");
    var poisons = new LinkedHashMap<String, String>();
    poisons.put(hex(new byte[0]), "specversion is not text");
    poisons.put(hex("{".getBytes(UTF_8)), "not JSON");
    poisons.put(hex(new byte[] {(byte) 0xff, (byte) 0xfe, 0x7b}), "not JSON");
    poisons.put(hex(new byte[70_000]), "longer than 65536 bytes");
    poisons.put(hex(json(created).getBytes(UTF_8)), "not balance.updated");
    poisons.put(
        hex(good.replace("\"userId\":", "\"userId\":-").getBytes(UTF_8)),
        "data.userId is not a whole number");
    poisons.put(
        hex(good.replace("request-1", "a\\u0000b").getBytes(UTF_8)),
        "the database refuses it: SQLSTATE 22021");
    poisons.put(
        hex(good.replace("request-1", "r".repeat(129)).getBytes(UTF_8)),
        "the database refuses it: SQLSTATE 23514");
    poisons.put(
        hex(
            good.replaceFirst("\"time\":\"[^\"]*\"", "\"time\":\"+999999999-01-01T00:00:00Z\"")
                .getBytes(UTF_8)),
        "the database refuses it: SQLSTATE 22009");
    // JSON in UTF-16 can be read, but its bytes are no text for the table.
    poisons.put(hex(good.getBytes(UTF_16LE)), "the database refuses it: SQLSTATE 22021");
    return poisons;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void keepsTheOriginalWhenItParks() {
    worker.start(Map.of());
    worker.enqueue(
        message("poison".getBytes(UTF_8))
            .setHeader("traceparent", "00-1")
            .setHeader("count", 3)
            .setHeader("CC", List.of("audit-log"))
            .setMessageId("the-id")
            .setType("odd")
            .setExpiration("600000")
            .setDeliveryMode(MessageDeliveryMode.NON_PERSISTENT)
            .build());
    worker.admin.purgeQueue(Topology.AUDIT_LOG);

    eventually().until(() -> worker.queued(Topology.NOTIFICATIONS_PARKED) == 1);
    var parked = worker.takeParked();

    assertThat(parked.getBody()).isEqualTo("poison".getBytes(UTF_8));
    var properties = parked.getMessageProperties();
    assertThat(properties.getHeaders())
        .containsEntry("traceparent", "00-1")
        .containsEntry("count", 3)
        .containsEntry("x-parked-CC", List.of("audit-log"))
        .containsEntry(Topology.PARKED_FROM, "notifications")
        .containsEntry(Topology.PARKED_ROUTING_KEY, "notifications")
        .containsEntry(Topology.PARKED_REASON, "not JSON")
        .containsKey(Topology.PARKED_AT)
        .doesNotContainKey("CC");
    assertThat(properties.getMessageId()).isEqualTo("the-id");
    assertThat(properties.getType()).isEqualTo("odd");
    assertThat(properties.getExpiration()).isNull();
    assertThat(properties.getReceivedDeliveryMode()).isEqualTo(MessageDeliveryMode.PERSISTENT);
  }

  @Test
  void parksWhatFillsAWholeFrameWithHeadersOrNamesAPublisher() {
    worker.start(Map.of());
    worker.enqueue(message("big".getBytes(UTF_8)).setHeader("filler", "x".repeat(130_900)).build());
    worker.enqueue(message("named".getBytes(UTF_8)).setUserId("user").build());
    worker.enqueue(
        message("batch".getBytes(UTF_8)).setHeader("springBatchFormat", "lengthHeader4").build());

    eventually().until(() -> worker.queued(Topology.NOTIFICATIONS_PARKED) == 3);
    var big = worker.takeParked();
    assertThat(big.getBody()).isEqualTo("big".getBytes(UTF_8));
    assertThat(big.getMessageProperties().getHeaders())
        .containsEntry(Topology.PARKED_REASON, "not JSON")
        .doesNotContainKey("filler");
    var named = worker.takeParked();
    assertThat(named.getBody()).isEqualTo("named".getBytes(UTF_8));
    assertThat(named.getMessageProperties().getReceivedUserId()).isNull();
    assertThat(worker.takeParked().getBody()).isEqualTo("batch".getBytes(UTF_8));
    eventually().until(() -> worker.queued(Topology.NOTIFICATIONS) == 0);
  }

  @Test
  void keepsPoisonWhileTheParkingQueueIsMissing() {
    worker.start(Map.of());
    worker.admin.deleteQueue(Topology.NOTIFICATIONS_PARKED);
    var user = newUser();

    worker.enqueue("poison");
    worker.publish(event(user, 1));

    // The worker declares it again, and loses nothing meanwhile.
    eventually().until(() -> worker.queued(Topology.NOTIFICATIONS_PARKED) == 1);
    eventually().until(() -> worker.rows(user) == 1);
  }

  @Test
  void declaresItsQueueAgainWhenSomebodyDeletesIt() {
    worker.start(Map.of());
    var user = newUser();

    worker.admin.deleteQueue(Topology.NOTIFICATIONS);

    eventually().until(() -> worker.queued(Topology.NOTIFICATIONS) == 0);
    // Published until the binding is there too; each event is another one.
    eventually()
        .until(() -> {
          worker.publish(event(user, 1));
          return worker.rows(user) > 0;
        });
  }
}
