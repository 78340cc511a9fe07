package dev.banking.api.outbox;

import static dev.banking.api.outbox.ConfirmedPublisherTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.banking.api.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What becomes of the rows for each answer of the broker, step by step and in its own loop. */
@Timeout(30)
class OutboxRelayTest {

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final FakeOutbox outbox = new FakeOutbox();
  private final FakeBroker broker = new FakeBroker(properties(Duration.ZERO));
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private OutboxRelay relay = relay(properties(Duration.ZERO));

  /** Batches of two, and nothing but news ends the wait for news. */
  static OutboxProperties properties(Duration gather) {
    return properties(gather, true, SHORT);
  }

  static OutboxProperties properties(String broker, Duration gather) {
    return properties(broker, gather, true, SHORT);
  }

  private static OutboxProperties properties(
      Duration gather, boolean enabled, Duration confirmTimeout) {
    return properties("amqp://localhost", gather, enabled, confirmTimeout);
  }

  private static OutboxProperties properties(
      String broker, Duration gather, boolean enabled, Duration confirmTimeout) {
    return new OutboxProperties(
        broker,
        enabled,
        2,
        confirmTimeout,
        LONG,
        gather,
        2,
        Duration.ofSeconds(3),
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        10);
  }

  private OutboxRelay relay(OutboxProperties properties) {
    var transactions = outbox.transactions();
    return new OutboxRelay(
        outbox,
        broker,
        transactions,
        properties,
        Clock.fixed(NOW, ZoneOffset.UTC),
        new OutboxMetrics(
            registry,
            JdbcClient.create(new DriverManagerDataSource()),
            Objects.requireNonNull(transactions.getTransactionManager())),
        Tracing.off());
  }

  @AfterEach
  void stop() {
    relay.stop();
  }

  @Test
  void deletesWhatTheBrokerConfirmed() throws Exception {
    outbox.rows.add(event(11));
    outbox.rows.add(event(12));
    outbox.rows.add(event(13));
    assertThat(relay.step()).as("a full batch").isEqualTo(2);
    assertThat(relay.step()).isEqualTo(1);
    assertThat(relay.step()).isZero();
    assertThat(outbox.deeds).containsExactly("deleted 11", "deleted 12", "deleted 13");
    assertThat(broker.messages).hasSize(3);
    assertThat(broker.opened).as("one connection").hasValue(1);
    assertThat(registry.get("banking.outbox.published").counter().count()).isEqualTo(3);
    assertThat(registry.get("banking.outbox.publish").timer().count()).isEqualTo(2);
    assertThat(ledAt()).isEqualTo((double) NOW.getEpochSecond());
  }

  private double ledAt() {
    return registry.get("banking.outbox.relay.last").timeGauge().value(TimeUnit.SECONDS);
  }

  @Test
  void setsARefusedEventAsideAndParksItInTheEnd() throws Exception {
    outbox.rows.add(event(11, null, 8));
    outbox.rows.add(event(12, null, 9));
    broker.answers.add(b -> {
      b.giveBack(new UUID(0, 11).toString());
      b.giveBack(new UUID(0, 12).toString());
      b.ack(2, true);
    });
    assertThat(relay.step()).isEqualTo(2);
    assertThat(outbox.deeds)
        .containsExactly(
            "refused 11 until 2026-11-01T12:00:05Z: returned: 312 NO_ROUTE",
            "parked 12 at 2026-11-01T12:00:00Z: returned: 312 NO_ROUTE");
  }

  @Test
  void blamesNoEventWhenTheBrokerTakesNothingAndAsksOnANewConnection() throws Exception {
    outbox.rows.add(event(11, null, 9));
    outbox.rows.add(event(12));
    broker.answers.add(b -> b.nack(2, true));
    assertThatThrownBy(() -> relay.step()).isInstanceOf(IOException.class);
    assertThat(outbox.deeds).isEmpty();
    assertThat(relay.step()).isEqualTo(2);
    assertThat(broker.opened).hasValue(2);
    assertThat(outbox.deeds).containsExactly("deleted 11", "deleted 12");
  }

  @Test
  void deletesTheRestOfABatchInWhichOneIsRefused() throws Exception {
    outbox.rows.add(event(11));
    outbox.rows.add(event(12));
    broker.answers.add(b -> {
      b.nack(1, false);
      b.ack(2, true);
    });
    relay.step();
    assertThat(outbox.deeds)
        .containsExactly(
            "deleted 12",
            "refused 11 until 2026-11-01T12:00:00.100Z: refused by the broker (nack)");
  }

  @Test
  void waitsTwiceAsLongAfterEachRefusalUpToALimit() {
    var properties = properties(Duration.ZERO);
    assertThat(properties.retryAfter(0)).isEqualTo(Duration.ofMillis(100));
    assertThat(properties.retryAfter(1)).isEqualTo(Duration.ofMillis(200));
    assertThat(properties.retryAfter(5)).isEqualTo(Duration.ofMillis(3_200));
    assertThat(properties.retryAfter(6)).isEqualTo(Duration.ofSeconds(5));
    assertThat(properties.retryAfter(1_000)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void connectsAnewWhenTheConnectionBrokeWhileNothingWaited() throws Exception {
    assertThat(relay.step()).isZero();
    assertThat(relay.isConnected()).isTrue();
    broker.open = false;
    assertThat(relay.isConnected()).isFalse();
    relay.step();
    assertThat(broker.opened).hasValue(2);
    assertThat(broker.closed).hasValue(1);
  }

  @Test
  void publishesNothingWithoutALease() throws Exception {
    outbox.rows.add(event(11));
    outbox.leasedByOthers = true;
    assertThat(relay.step()).isZero();
    assertThat(ledAt()).as("never").isZero();
    assertThat(broker.messages).isEmpty();
  }

  @Test
  void keepsTheRowsAndConnectsAnewAfterEachKindOfFailure() throws Exception {
    outbox.rows.add(event(11));
    broker.brokenSends.set(1);
    broker.answers.add(_ -> {
      throw new TimeoutException("expected by the test");
    });
    broker.answers.add(_ -> {
      throw new InterruptedException("expected by the test");
    });
    broker.answers.add(_ -> {
      throw new IllegalStateException("expected by the test");
    });
    assertThatThrownBy(relay::step).isInstanceOf(IOException.class);
    assertThatThrownBy(relay::step).isInstanceOf(TimeoutException.class);
    assertThatThrownBy(relay::step).isInstanceOf(InterruptedException.class);
    assertThatThrownBy(relay::step).hasCauseInstanceOf(IllegalStateException.class);
    assertThat(outbox.rollbacks).hasValue(4);
    assertThat(outbox.deeds).isEmpty();
    assertThat(broker.closed).hasValue(4);
    assertThat(relay.step()).isEqualTo(1);
    assertThat(outbox.deeds).containsExactly("deleted 11");
    assertThat(broker.opened).hasValue(5);
  }

  @Test
  void publishesAtOnceWhatItIsWokenFor() {
    relay.start();
    assertThat(relay.isRunning()).isTrue();
    await().until(() -> broker.opened.get() == 1);
    for (var id = 1; id <= 20; id++) {
      outbox.rows.add(event(id));
      relay.wake();
      await().until(outbox.rows::isEmpty);
    }
  }

  @Test
  void goesOnAtOnceAfterAFullBatch() {
    for (var id = 1; id <= 6; id++) {
      outbox.rows.add(event(id));
    }
    relay = relay(properties(LONG));
    relay.start();
    await().until(outbox.rows::isEmpty);
  }

  @Test
  void letsEventsGatherAfterABatchWithRoom() {
    relay = relay(properties(LONG));
    outbox.rows.add(event(1));
    relay.start();
    await().until(outbox.rows::isEmpty);
    outbox.rows.add(event(2));
    relay.wake();
    await().during(SHORT).until(() -> broker.messages.size() == 1);
  }

  @Test
  void yieldsToWhatIsCommittedMeanwhile() {
    assertThat(pauseAfterABatchOf(NOW, true)).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void yieldsToNobodyWhenItsEventsAreLate() {
    assertThat(pauseAfterABatchOf(NOW.minusSeconds(3), true)).isLessThan(SHORT);
  }

  @Test
  void yieldsToNobodyWhenNothingIsCommittedAnyMore() {
    assertThat(pauseAfterABatchOf(NOW, false)).isLessThan(SHORT);
  }

  /** The second of three full batches takes {@code SHORT}; then the third one. */
  private Duration pauseAfterABatchOf(Instant createdAt, boolean moreCome) {
    var settled = new AtomicLong();
    var pause = new AtomicLong();
    broker.answers.add(b -> b.ack(2, true));
    broker.answers.add(b -> {
      Thread.sleep(SHORT);
      if (moreCome) {
        outbox.rows.add(event(7, null, 0, createdAt));
      }
      b.ack(4, true);
      settled.set(System.nanoTime());
    });
    broker.answers.add(b -> {
      pause.set(System.nanoTime() - settled.get());
      b.ack(6, true);
    });
    for (var id = 1; id <= 6; id++) {
      outbox.rows.add(event(id, null, 0, createdAt));
    }
    relay.start();
    await().until(outbox.rows::isEmpty);
    return Duration.ofNanos(pause.get());
  }

  @Test
  void triesAgainByItselfAfterAFailure() {
    broker.brokenSends.set(3);
    outbox.rows.add(event(1));
    var start = System.nanoTime();
    relay.start();
    await().until(outbox.rows::isEmpty);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(100 + 200 + 400));
  }

  @Test
  void leavesPublishingToOthersWhenItIsToldTo() {
    relay = relay(properties(Duration.ZERO, false, SHORT));
    relay.start();
    assertThat(relay.isRunning()).isFalse();
    relay.stop();
  }

  @Test
  void finishesTheBatchInFlightBeforeItStops() throws Exception {
    var waiting = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    broker.answers.add(b -> {
      waiting.countDown();
      go.await();
      b.ack(1, true);
    });
    outbox.rows.add(event(1));
    relay.start();
    waiting.await();
    var stop = Thread.ofPlatform().start(relay::stop);
    await().until(() -> stop.getState() == Thread.State.TIMED_WAITING);
    go.countDown();
    stop.join();
    assertThat(outbox.deeds).containsExactly("deleted 1");
    assertThat(broker.closed).hasValue(1);
    assertThat(relay.isRunning()).isFalse();
  }

  @Test
  void doesNotWaitForABrokerThatIsMuteWhenItStops() throws Exception {
    var waiting = new CountDownLatch(1);
    broker.answers.add(_ -> {
      waiting.countDown();
      new CountDownLatch(1).await();
    });
    outbox.rows.add(event(1));
    relay.start();
    waiting.await();
    relay.stop();
    assertThat(outbox.deeds).isEmpty();
    assertThat(broker.closed).hasValue(1);
    assertThat(relay.isRunning()).isFalse();
  }

  @Test
  void stopsAtOnceWhenNothingIsInFlight() {
    relay = relay(properties(Duration.ZERO, true, LONG));
    relay.start();
    await().until(() -> outbox.leases.get() > 0);
    relay.stop();
    assertThat(broker.closed).hasValue(1);
  }

  @Test
  void stopsAtOnceWhileItRests() {
    relay = relay(properties(LONG, true, LONG));
    outbox.rows.add(event(1));
    relay.start();
    await().until(outbox.rows::isEmpty);
    relay.stop();
    assertThat(broker.closed).hasValue(1);
  }

  @Test
  void looksOnlyWhenThereMayBeSomething() {
    relay.start();
    await().until(() -> outbox.leases.get() > 0);
    await().during(SHORT).until(() -> outbox.leases.get() == 1);
  }

  @Test
  void startsAgainAfterAStop() {
    relay.start();
    relay.stop();
    relay.start();
    outbox.rows.add(event(1));
    relay.wake();
    await().until(outbox.rows::isEmpty);
  }
}
