package dev.banking.notification;

import static dev.banking.notification.TestWorker.event;
import static dev.banking.notification.TestWorker.eventually;
import static dev.banking.notification.TestWorker.json;
import static dev.banking.notification.TestWorker.message;
import static dev.banking.notification.TestWorker.newUser;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.common.EventCodec;
import dev.banking.common.Topology;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;

class ParkedIT {

  private static final String PARKED = Topology.NOTIFICATIONS_PARKED;
  private static final String QUEUE = Topology.NOTIFICATIONS;

  private final TestWorker worker = new TestWorker();
  private final Map<String, String> environment = new HashMap<>(worker.backends.environment());
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final String id = UUID.randomUUID().toString();

  @BeforeEach
  void createTheRecordsOfOperators() {
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://%s:%s/%s"
                .formatted(
                    environment.get("DB_HOST"),
                    environment.get("DB_PORT"),
                    environment.get("DB_NAME")),
            environment.get("DB_USER"),
            environment.get("DB_PASSWORD"))
        .schemas("audit")
        .defaultSchema("audit")
        .locations("filesystem:../audit-worker/src/main/resources/db/migration")
        // As the audit worker has it: an index that is built concurrently waits for that lock.
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        // Nothing is granted: the test is the owner.
        .skipDefaultCallbacks(true)
        .load()
        .migrate();
  }

  @AfterEach
  void close() {
    worker.admin.purgeQueue(PARKED);
    worker.admin.purgeQueue(QUEUE);
    worker.close();
  }

  @Test
  void listsWhatIsParkedAndTakesNothingHoweverOften() {
    park(id, "\u001b[2J", QUEUE);
    for (var look = 0; look < 25; look++) {
      assertThat(types("parked", "list")).isZero();
      assertThat(sees()).contains(id, "notifications", "why", "\\x1b[2J", "1 of 1 parked");
      eventually().until(() -> worker.queued(PARKED) == 1);
    }
    Object deliveries = worker.takeParked().getMessageProperties().getHeader("x-delivery-count");
    assertThat(deliveries)
        .as("the broker drops a message after 20")
        .isInstanceOfSatisfying(Long.class, count -> assertThat(count).isLessThan(10));
  }

  @Test
  void replaysOneMessageAsItWasAndWritesDownWhoDidIt() {
    park(id, "one", QUEUE);
    park("other", "two", QUEUE);
    assertThat(types("parked", "replay", "--id", id, "--actor", "ada")).isZero();
    assertThat(sees()).contains(id + " replayed", "1 of 2 messages replayed to notifications");

    var replayed = Objects.requireNonNull(worker.rabbit.receive(QUEUE));
    assertThat(replayed.getBody()).isEqualTo("one".getBytes(UTF_8));
    assertThat(replayed.getMessageProperties().getMessageId()).isEqualTo(id);
    assertThat(replayed.getMessageProperties().getHeaders().keySet())
        .as("the count is the broker's own")
        .containsExactlyInAnyOrder("color", "x-delivery-count");
    eventually().until(() -> worker.queued(PARKED) == 1);
    assertThat(phases()).containsExactly("ada intended", "ada done");
  }

  @Test
  void tellsTheUserOfAReplayedEventOnceAndParksPoisonAgain() {
    worker.start(Map.of());
    var user = newUser();
    park(id, json(event(user, 1)), QUEUE);
    worker.enqueue("poison");
    eventually().until(() -> worker.queued(PARKED) == 2);

    assertThat(types("parked", "replay", "--all")).isZero();

    eventually().until(() -> worker.rows(user) == 1);
    eventually().until(() -> worker.counted("notification.parked") == 2);
    eventually().until(() -> worker.queued(PARKED) == 1);
    assertThat(worker.takeParked().getBody()).isEqualTo("poison".getBytes(UTF_8));
  }

  @Test
  void replaysNothingThatCannotBeWrittenDownOrCameFromElsewhere() {
    park(id, "one", Topology.AUDIT_LOG);
    assertThat(types("parked", "replay", "--all")).isEqualTo(1);
    assertThat(sees()).contains("it was not parked from notifications but from \"audit-log\"");
    park("m-2", "two", QUEUE);
    environment.put("DB_PORT", "1");
    assertThat(types("parked", "replay", "--all")).isEqualTo(2);
    assertThat(sees()).contains("nothing was replayed");
    eventually().until(() -> worker.queued(PARKED) == 2);
    assertThat(worker.queued(QUEUE)).isZero();
    assertThat(phases()).isEmpty();
  }

  @Test
  void keepsWhatItsQueueCannotTake() {
    park(id, "one", QUEUE);
    worker.admin.deleteQueue(QUEUE);
    assertThat(types("parked", "replay", "--all")).isEqualTo(2);
    assertThat(sees()).contains("there is no queue notifications");
    eventually().until(() -> worker.queued(PARKED) == 1);
    assertThat(phases()).hasSize(2).last().asString().endsWith(" failed");
    worker.close();
    new TestWorker().close();
  }

  @Test
  void explainsItself() {
    assertThat(types("--help")).isZero();
    assertThat(sees()).contains("parked list", "parked replay", "Exit codes");
    assertThat(types("parked")).isEqualTo(2);
    assertThat(types("parked", "replay")).isEqualTo(2);
    assertThat(sees()).contains("either --all, or one or more --id");
    assertThat(types("reconcile")).isEqualTo(2);
    assertThat(sees()).contains("unknown command");
  }

  private List<@Nullable String> phases() {
    return worker
        .jdbc
        .sql(
            """
            SELECT actor || ' ' || phase FROM audit.operator_action
             WHERE source = :parked AND target = :queue AND :id = ANY (message_ids)
             ORDER BY position
            """)
        .params(Map.of("parked", PARKED, "queue", QUEUE, "id", id))
        .query(String.class)
        .list();
  }

  private void park(String messageId, String body, String from) {
    Message message =
        message(body.getBytes(UTF_8))
            .setMessageId(messageId)
            .setContentType(EventCodec.CONTENT_TYPE)
            .setHeader("color", "green")
            .setHeader("x-parked-CC", List.of("elsewhere"))
            .setHeader(Topology.PARKED_FROM, from)
            .setHeader(Topology.PARKED_REASON, "why")
            .setHeader(Topology.PARKED_AT, "2026-11-01T12:00:00Z")
            .build();
    worker.rabbit.send("", PARKED, message);
    eventually().until(() -> worker.queued(PARKED) > 0);
  }

  private int types(String... words) {
    screen.reset();
    var out = new PrintStream(screen, true, UTF_8);
    return new Commands(environment, Path.of("target"), out, out).run(List.of(words)).number();
  }

  private String sees() {
    return screen.toString(UTF_8);
  }
}
