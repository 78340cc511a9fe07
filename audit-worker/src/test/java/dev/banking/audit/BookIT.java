package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.audit.book.ChainVerdict.Sound;
import dev.banking.common.BalanceUpdated;
import dev.banking.common.BankingEvent;
import dev.banking.common.EventCodec;
import dev.banking.common.Topology;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BookIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final EventCodec codec = new EventCodec();
  private final TestDatabase database;
  private final TestBroker broker;
  private final Worker worker;

  BookIT() throws Exception {
    database = new TestDatabase();
    broker = TestBroker.emptied();
    worker = Worker.start(database);
  }

  @AfterEach
  void stop() throws Exception {
    worker.close();
    broker.close();
  }

  @Test
  void writesAnAppliedChangeDown() throws Exception {
    var event = Events.updated(7, 3);
    broker.publish(
        TestBroker.properties(event.id().toString(), Map.of(Topology.TRACEPARENT, TRACEPARENT)),
        codec.write(event));
    var row = rows(1).getFirst();
    assertThat(row)
        .containsAllEntriesOf(common(1, event))
        .containsEntry("amount", new BigDecimal("-2.00"))
        .containsEntry("balance_before", new BigDecimal("10000.00"))
        .containsEntry("balance_after", new BigDecimal("9998.00"))
        .containsEntry("outcome", "applied")
        .containsEntry("reason", null)
        .containsEntry("traceparent", TRACEPARENT);
    assertThat(row.get("event")).isEqualTo(codec.write(event));
    assertThat(instant(row, "recorded_at")).isBetween(Instant.now().minus(SOON), Instant.now());
  }

  @Test
  void writesARefusedAttemptDownWithTheBalanceItWasJudgedBy() throws Exception {
    var event = Events.failed(Long.MAX_VALUE, 0);
    broker.publish(event);
    assertThat(rows(1).getFirst())
        .containsAllEntriesOf(common(1, event))
        .containsEntry("amount", new BigDecimal("-9999999999999.99"))
        .containsEntry("balance_before", new BigDecimal("0.05"))
        .containsEntry("balance_after", new BigDecimal("0.05"))
        .containsEntry("outcome", "refused")
        .containsEntry("reason", "insufficient_funds")
        .containsEntry("traceparent", null);
  }

  @Test
  void writesANewUserDown() throws Exception {
    var event = Events.created(42);
    broker.publish(event);
    assertThat(rows(1).getFirst())
        .containsAllEntriesOf(common(1, event))
        .containsEntry("amount", new BigDecimal("10000.00"))
        .containsEntry("balance_before", new BigDecimal("0.00"))
        .containsEntry("balance_after", new BigDecimal("10000.00"))
        .containsEntry("outcome", "created")
        .containsEntry("reason", null);
  }

  @Test
  void keepsTheOrderOfTheQueue() throws Exception {
    broker.publish(Events.updates(1, 1_000));
    assertThat(rows(1_000)).extracting(row -> row.get("sequence")).isSorted();
    assertThat(worker.check())
        .isInstanceOfSatisfying(Sound.class, sound -> assertThat(sound.entries()).isEqualTo(1_000));
  }

  @Test
  void writesWhatIsDeliveredTwiceOnlyOnce() throws Exception {
    var events = Events.updates(1, 300);
    var shuffled = new ArrayList<BalanceUpdated>();
    for (var times = 0; times < 3; times++) {
      shuffled.addAll(events);
    }
    Collections.shuffle(shuffled);
    broker.publish(shuffled);
    await().atMost(SOON).until(() -> worker.count("audit.duplicates") == 600);
    assertThat(worker.count("audit.appended")).isEqualTo(300);
    assertThat(rows(300)).extracting(row -> row.get("event_id")).doesNotHaveDuplicates();
    assertThat(worker.check()).isInstanceOf(Sound.class);
    assertThat(broker.parked()).isEmpty();
  }

  @Test
  void hashesEveryTextAsTheDatabaseKeepsIt() throws Exception {
    var seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    var events = new ArrayList<BankingEvent>();
    for (var n = 1; n <= 300; n++) {
      var actor = new StringBuilder("é€😀,{}\"\\NULL' \t\n\u0001\u202e\ufeff");
      for (var i = 0; i < 20; i++) {
        var codePoint = random.nextInt(1, 0x110000);
        if (codePoint < 0xd800 || codePoint > 0xdfff) {
          actor.appendCodePoint(codePoint);
        }
      }
      events.add(Events.updated(1, n, actor.toString()));
    }
    broker.publish(events);
    assertThat(rows(300).getLast()).containsEntry("actor", events.getLast().actor());
    assertThat(worker.check()).as("seed %d", seed).isInstanceOf(Sound.class);
  }

  @Test
  void leavesOutATraceThatIsNone() throws Exception {
    var event = Events.updated(1, 1);
    broker.publish(
        TestBroker.properties("m", Map.of(Topology.TRACEPARENT, "' OR 1=1")), codec.write(event));
    assertThat(rows(1).getFirst()).containsEntry("traceparent", null);
  }

  private List<Map<String, @Nullable Object>> rows(int expected) {
    await().atMost(SOON).until(() -> database.entries() >= expected);
    var rows =
        database
            .superuser()
            .sql("SELECT * FROM audit.audit_log ORDER BY position")
            .query()
            .listOfRows();
    assertThat(rows).hasSize(expected);
    return rows;
  }

  private static Map<String, @Nullable Object> common(long position, BankingEvent event) {
    return Map.of(
        "position", position,
        "format", 1,
        "event_id", event.id(),
        "event_type", event.type(),
        "actor", event.actor(),
        "user_id", event.userId(),
        "sequence", event.sequence(),
        "operation_id", event.operationId(),
        "request_id", event.requestId(),
        "occurred_at", Timestamp.from(event.time()));
  }

  private static Instant instant(Map<String, @Nullable Object> row, String column) {
    return ((Timestamp) Objects.requireNonNull(row.get(column))).toInstant();
  }
}
