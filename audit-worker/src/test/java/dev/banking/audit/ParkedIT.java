package dev.banking.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import dev.banking.common.EventCodec;
import dev.banking.common.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParkedIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PARKED = Topology.AUDIT_LOG_PARKED;
  private static final String QUEUE = Topology.AUDIT_LOG;

  private final TestDatabase database = new TestDatabase();
  private final TestBroker broker = TestBroker.emptied();
  private final Operator operator = new Operator(database);

  ParkedIT() throws Exception {}

  @AfterEach
  void close() throws Exception {
    broker.close();
    TestBroker.emptied().close();
  }

  @Test
  void listsWhatIsParkedAndTakesNothing() throws Exception {
    park("m-1", "a \u001b[31m\"body\"\n\u0000");
    park("m-2", "x".repeat(100));
    for (var look = 0; look < 3; look++) {
      assertThat(operator.types("parked", "list")).isZero();
      assertThat(operator.sees().lines())
          .hasSize(4)
          .anySatisfy(line ->
              assertThat(line)
                  .matches(
                      "m-1 +balance.updated +2026-11-01T12:00:00Z +audit-log +no event: not"
                          + " JSON +15 +a \\\\x1b\\[31m\"body\"\\\\n\\\\x00"))
          .anySatisfy(line -> assertThat(line).contains("m-2").contains(" 100 ").endsWith("x…"))
          .last()
          .isEqualTo("2 of 2 parked in audit-log.parked.");
    }
    assertThat(operator.types("parked", "list", "--limit", "1")).isZero();
    assertThat(operator.sees()).endsWith("1 of 2 parked in audit-log.parked.\n");
    await().atMost(SOON).until(() -> broker.waiting(PARKED) == 2);
  }

  @Test
  void neverLetsAMessageBeLookedAtUntilTheBrokerWouldDropIt() throws Exception {
    park("m-1", "poison");
    for (var look = 0; look < 25; look++) {
      assertThat(operator.types("parked", "list")).isZero();
      await().atMost(SOON).until(() -> broker.waiting(PARKED) == 1);
    }
    var message = taken(PARKED);
    assertThat(message.getProps().getHeaders().getOrDefault("x-delivery-count", 0L))
        .isInstanceOfSatisfying(Long.class, count -> assertThat(count).isLessThan(10));
    assertThat(message.getBody()).isEqualTo("poison".getBytes(UTF_8));
    assertThat(header(message, Topology.PARKED_REASON)).isEqualTo("no event: not JSON");
    assertThat(broker.take(PARKED)).isNull();
  }

  @Test
  void saysThatNothingIsParked() {
    assertThat(operator.types("parked", "list")).isZero();
    assertThat(operator.sees()).isEqualTo("Nothing is parked in audit-log.parked.\n");
    assertThat(operator.types("parked", "replay", "--all")).isZero();
    assertThat(operator.sees()).isEqualTo("Nothing is parked in audit-log.parked.\n");
    assertThat(operator.types("parked", "replay", "--id", "m-1")).isEqualTo(1);
    assertThat(operator.sees()).contains("m-1 is not in audit-log.parked");
  }

  @Test
  void replaysOneMessageAsItWasAndWritesDownWhoDidIt() throws Exception {
    migrate();
    park("m-1", "one");
    park("m-2", "two");
    park("m-3", "three");
    assertThat(operator.types("parked", "replay", "--id", "m-2", "--actor", "ada")).isZero();
    assertThat(operator.sees()).contains("  m-2 replayed\n", "1 of 3 messages replayed");

    var replayed = taken(QUEUE);
    assertThat(replayed.getBody()).isEqualTo("two".getBytes(UTF_8));
    assertThat(replayed.getEnvelope().getExchange()).isEmpty();
    assertThat(replayed.getProps().getMessageId()).isEqualTo("m-2");
    assertThat(replayed.getProps().getContentType()).isEqualTo(EventCodec.CONTENT_TYPE);
    assertThat(replayed.getProps().getDeliveryMode()).isEqualTo(2);
    assertThat(replayed.getProps().getHeaders().keySet())
        .as("the count is the broker's own")
        .containsExactlyInAnyOrder("color", "x-delivery-count");
    assertThat(broker.take(QUEUE)).isNull();
    await().atMost(SOON).until(() -> broker.waiting(PARKED) == 2);

    assertThat(
            database
                .application()
                .sql(
                    """
                    SELECT count(DISTINCT operation_id) || ' ' || string_agg(concat_ws(' ', actor,
                      os_user = :user, db_role, action, phase, source, target, message_ids, detail,
                      recorded_at BETWEEN now() - interval '1 minute' AND now()), ' | '
                      ORDER BY position) FROM audit.operator_action
                    """)
                .param("user", System.getProperty("user.name"))
                .query(String.class)
                .single())
        .isEqualTo(
            "1 ada t banking parked.replay intended audit-log.parked audit-log {m-2}  t"
                + " | ada t banking parked.replay done audit-log.parked audit-log {m-2}  t");
  }

  @Test
  void onlySaysWhatADryRunWouldDo() throws Exception {
    park("m-1", "one");
    assertThat(operator.types("parked", "replay", "--all", "--dry-run")).isZero();
    assertThat(operator.sees()).contains("m-1 would be replayed", "1 of 1 messages would be");
    await().atMost(SOON).until(() -> broker.waiting(PARKED) == 1);
    assertThat(broker.waiting(QUEUE)).isZero();
  }

  @Test
  void bringsARepairedMessageIntoTheBookAndParksPoisonAgainOnce() throws Exception {
    try (var worker = Worker.start(database)) {
      var event = Events.updated(1, 1);
      broker.park(headers(event.id().toString(), QUEUE), new EventCodec().write(event));
      broker.publish("poison");
      await().atMost(SOON).until(() -> broker.waiting(PARKED) == 2);

      assertThat(operator.types("parked", "replay", "--all")).isZero();

      await().atMost(SOON).until(() -> database.entries() == 1);
      await().atMost(SOON).until(() -> worker.count("audit.parked") == 2);
      await().atMost(SOON).until(() -> broker.waiting(PARKED) == 1);
      assertThat(taken(PARKED).getBody()).isEqualTo("poison".getBytes(UTF_8));
    }
  }

  @Test
  void replaysNothingThatCannotBeWrittenDown() throws Exception {
    park("m-1", "one");
    assertThat(operator.types("parked", "replay", "--all")).isEqualTo(2);
    assertThat(operator.sees()).contains("nothing was replayed", "Start the audit-worker");
    assertThat(operator.with("DB_PORT", "1").types("parked", "replay", "--all")).isEqualTo(2);
    assertThat(operator.sees()).contains("nothing was replayed");
    await().atMost(SOON).until(() -> broker.waiting(PARKED) == 1);
    assertThat(broker.waiting(QUEUE)).isZero();
  }

  @Test
  void keepsWhatItsQueueCannotTake() throws Exception {
    migrate();
    park("m-1", "one");
    broker.deleteQueue(QUEUE);
    assertThat(operator.types("parked", "replay", "--all")).isEqualTo(2);
    assertThat(operator.sees()).contains("there is no queue audit-log");
    await().atMost(SOON).until(() -> broker.waiting(PARKED) == 1);
    assertThat(
            database
                .application()
                .sql("SELECT phase FROM audit.operator_action ORDER BY position")
                .query(String.class)
                .list())
        .containsExactly("intended", "failed");
  }

  @Test
  void leavesWhatCameFromAnotherQueue() throws Exception {
    migrate();
    broker.park(headers("m-1", "notifications"), "one".getBytes(UTF_8));
    broker.park(new BasicProperties.Builder().build(), "two".getBytes(UTF_8));
    assertThat(operator.types("parked", "replay", "--all")).isEqualTo(1);
    assertThat(operator.sees())
        .contains("m-1 stays: it was not parked from audit-log but from \"notifications\"")
        .containsPattern("body:[0-9a-f]{16} stays: it was not parked from audit-log but from \"\"");
    await().atMost(SOON).until(() -> broker.waiting(PARKED) == 2);
  }

  @Test
  void saysWhatIsAwayWithoutThePassword() throws Exception {
    operator.with("RABBITMQ_URL", "amqp://user:secret@localhost:1");
    assertThat(operator.types("parked", "list")).isEqualTo(2);
    assertThat(operator.sees()).contains("the broker is away").contains("amqp://localhost:1 ");
    assertThat(operator.sees()).doesNotContain("secret");
  }

  @Test
  void saysThatThereIsNoParkingQueue() throws Exception {
    broker.deleteParkingQueue();
    assertThat(operator.types("parked", "list")).isEqualTo(2);
    assertThat(operator.sees()).contains("there is no queue audit-log.parked");
  }

  @Test
  void losesNothingWhenItIsKilledOnTheWay() throws Exception {
    migrate();
    var ids = IntStream.range(0, 3_000).mapToObj(i -> "m-" + i).toList();
    for (var id : ids) {
      broker.publishUnconfirmed(PARKED, headers(id, QUEUE), id.getBytes(UTF_8));
    }
    broker.awaitConfirms();
    var command = List.of(java(), "-jar", "target/audit-worker.jar", "parked", "replay", "--all");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(Path.of("target", "killed-replay.log").toFile());
    builder.environment().putAll(operator.environment());
    var process = builder.start();
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> broker.waiting(QUEUE) >= 500);
    process.destroyForcibly().waitFor();

    await().atMost(SOON).until(() -> broker.waiting(QUEUE) + broker.waiting(PARKED) >= 3_000);
    assertThat(broker.waiting(PARKED)).isBetween(1L, 2_999L);
    var left = new HashSet<String>();
    for (var queue : List.of(QUEUE, PARKED)) {
      for (var next = broker.take(queue); next != null; next = broker.take(queue)) {
        left.add(next.getProps().getMessageId());
      }
    }
    assertThat(left).containsExactlyInAnyOrderElementsOf(ids);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The schema, without a worker that would take what is replayed. */
  private void migrate() {
    Worker.start(database).close();
  }

  private GetResponse taken(String queue) throws Exception {
    return Objects.requireNonNull(broker.take(queue), queue);
  }

  private void park(String id, String body) throws Exception {
    broker.park(headers(id, QUEUE), body.getBytes(UTF_8));
  }

  private static BasicProperties headers(String id, String from) {
    Map<String, Object> headers = new HashMap<>();
    headers.put("color", "green");
    headers.put("x-parked-cc", "elsewhere");
    headers.put(Topology.PARKED_FROM, from);
    headers.put(Topology.PARKED_REASON, "no event: not JSON");
    headers.put(Topology.PARKED_AT, "2026-11-01T12:00:00Z");
    headers.put(Topology.PARKED_ROUTING_KEY, "balance.updated");
    return TestBroker.properties(id, headers).builder().type("balance.updated").build();
  }

  private static String header(GetResponse message, String name) {
    return String.valueOf(message.getProps().getHeaders().get(name));
  }
}
