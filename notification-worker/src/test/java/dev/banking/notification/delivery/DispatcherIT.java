package dev.banking.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.banking.notification.TestWorker;
import dev.banking.notification.store.AttemptResult;
import dev.banking.notification.store.Claimed;
import dev.banking.notification.store.Notification;
import dev.banking.notification.store.Notifications;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The dispatcher stepped by hand, in a time of its own: the year 2100, in which the running
 * worker's loop finds nothing due.
 */
class DispatcherIT {

  private static final TestWorker WORKER = new TestWorker();
  private static final ApplicationContext CONTEXT = WORKER.start(Map.of());
  private static final Instant START = Instant.parse("2100-01-01T00:00:00Z");

  private static final DeliveryProperties PROPERTIES =
      new DeliveryProperties(
          DeliveryProperties.Kind.WEBHOOK,
          10,
          3,
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1));

  private final Notifications notifications = CONTEXT.getBean(Notifications.class);
  private final TransactionTemplate transaction = CONTEXT.getBean(TransactionTemplate.class);
  private final SteppedClock clock = new SteppedClock();
  private final FakeChannel channel = new FakeChannel();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Dispatcher dispatcher =
      new Dispatcher(notifications, channel, PROPERTIES, clock, metrics);
  private final long user = TestWorker.newUser();

  @AfterAll
  static void stop() {
    WORKER.close();
  }

  @BeforeEach
  void forgetWhatOthersLeft() {
    WORKER.jdbc.sql("DELETE FROM notification.notification").update();
  }

  @AfterEach
  void close() {
    dispatcher.close();
  }

  private void insert(int count) {
    var batch =
        LongStream.rangeClosed(1, count)
            .mapToObj(i ->
                new Notification(
                    UUID.randomUUID(), user, i, "balance.updated", "{}", "r", null, START))
            .toList();
    transaction.executeWithoutResult(_ -> notifications.insertPending(batch, "webhook", START));
  }

  private List<AttemptResult> step() throws InterruptedException {
    var results = dispatcher.sendDue();
    if (!results.isEmpty()) {
      notifications.finish(results);
    }
    return results;
  }

  @Test
  void waitsLongerAfterEachFailureAndThenGivesUp() throws Exception {
    insert(1);
    channel.failing = true;

    assertThat(step()).singleElement().isInstanceOf(AttemptResult.Again.class);
    clock.advance(Duration.ofMillis(4_999));
    assertThat(step()).isEmpty();
    clock.advance(Duration.ofMillis(5_001));
    assertThat(step()).singleElement().isInstanceOf(AttemptResult.Again.class);
    clock.advance(Duration.ofMillis(9_999));
    assertThat(step()).isEmpty();
    clock.advance(Duration.ofMillis(10_001));
    assertThat(step()).singleElement().isInstanceOf(AttemptResult.GivenUp.class);

    clock.advance(Duration.ofDays(1));
    assertThat(step()).isEmpty();
    assertThat(WORKER.row(user))
        .containsEntry("status", "FAILED")
        .containsEntry("attempts", 3)
        .containsEntry("last_error", "the test wants it");
    assertThat(attempts("failed")).isEqualTo(2);
    assertThat(attempts("given_up")).isEqualTo(1);
  }

  private double attempts(String outcome) {
    return metrics
        .get("notification.delivery.attempts")
        .tags("channel", "webhook", "outcome", outcome)
        .counter()
        .count();
  }

  @Test
  void takesNoMoreThanItSendsAtOnce() throws Exception {
    insert(25);

    assertThat(step()).hasSize(10);
    assertThat(step()).hasSize(10);
    assertThat(step()).hasSize(5);
    assertThat(step()).isEmpty();
    assertThat(WORKER.rows(user, "SENT")).isEqualTo(25);
  }

  @Test
  void usesUpNoAttemptsWhileTheChannelIsLeftAlone() throws Exception {
    insert(12);
    channel.failing = true;

    assertThat(step()).hasSize(10);
    assertThat(step()).as("two more are due, and nobody tries").isEmpty();
    clock.advance(Duration.ofHours(1));
    assertThat(step()).isEmpty();
    assertThat(
            WORKER
                .jdbc
                .sql("SELECT attempts FROM notification.notification ORDER BY attempts")
                .query(Integer.class)
                .list())
        .containsExactly(0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
  }

  @Test
  void sendsAgainWhatACrashLeftClaimedWhenTheLeaseEnds() throws Exception {
    insert(1);
    var lost = dispatcher.sendDue();

    clock.advance(PROPERTIES.lease().minusMillis(1));
    assertThat(step()).isEmpty();
    clock.advance(Duration.ofMillis(1));
    channel.failing = true;
    assertThat(step()).hasSize(1);

    // The first sender is back, too late: its result is not the one that counts.
    notifications.finish(lost);
    assertThat(WORKER.row(user)).containsEntry("status", "PENDING").containsEntry("attempts", 2);
  }

  @Test
  void survivesAChannelThatThrowsAnything() throws Exception {
    insert(1);
    channel.broken = true;

    assertThat(step())
        .singleElement()
        .isInstanceOfSatisfying(
            AttemptResult.Again.class,
            again -> assertThat(again.error()).isEqualTo("unexpected: IllegalStateException"));
  }

  @Test
  void givesEachRowToOneOfManyClaimers() throws Exception {
    insert(200);
    var claimed = new ArrayList<UUID>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<List<Claimed>> claim =
          () -> notifications.claim("webhook", START, START.plusSeconds(60), 20);
      var claims = IntStream.range(0, 40).mapToObj(_ -> claim).toList();
      for (var future : threads.invokeAll(claims)) {
        future.get().forEach(c -> claimed.add(c.notification().eventId()));
      }
    }
    assertThat(claimed).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void insertsOnlyInsideATransaction() {
    assertThatExceptionOfType(IllegalTransactionStateException.class)
        .isThrownBy(() -> notifications.insertPending(List.of(), "log", START));
  }

  private static final class FakeChannel implements DeliveryChannel {

    volatile boolean failing;
    volatile boolean broken;

    @Override
    public String name() {
      return "webhook";
    }

    @Override
    public boolean isImmediate() {
      return false;
    }

    @Override
    public void deliver(Notification notification) throws DeliveryFailedException {
      if (broken) {
        throw new IllegalStateException("the test wants it");
      }
      if (failing) {
        throw new DeliveryFailedException("the test wants it");
      }
    }
  }

  private static final class SteppedClock extends Clock {

    private volatile Instant now = START;

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
