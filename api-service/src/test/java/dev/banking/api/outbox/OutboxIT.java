package dev.banking.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.api.RealBackends;
import dev.banking.common.EventCodec;
import dev.banking.common.Money;
import dev.banking.common.UserCreated;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The table as the relay sees it. Nothing is committed here, so that no relay takes part. */
@RealBackends
class OutboxIT {

  private static final long USER = 33; // in bucket 1
  private static final List<Integer> BUCKETS = List.of(1, 2);

  @Autowired private DataSource dataSource;
  @Autowired private JdbcClient jdbc;
  @Autowired private Outbox outbox;
  @Autowired private PlatformTransactionManager transactions;

  private void uncommitted(Runnable test) {
    new TransactionTemplate(transactions)
        .executeWithoutResult(transaction -> {
          transaction.setRollbackOnly();
          test.run();
        });
  }

  private static OutboxEvent event(long userId, @Nullable String traceparent) {
    return new OutboxEvent(
        new UserCreated(
            UUID.randomUUID(),
            Instant.EPOCH,
            userId,
            1,
            UUID.randomUUID(),
            new Money(100),
            "me",
            "r-1"),
        traceparent);
  }

  @Test
  void handsOutWhatWasAppendedInThatOrder() {
    uncommitted(() -> {
      var events = List.of(event(USER, "00-trace"), event(USER + 1, null), event(USER, null));
      outbox.append(events);
      var waiting = mine();
      assertThat(waiting)
          .extracting(WaitingEvent::eventId)
          .containsExactlyElementsOf(events.stream().map(one -> one.event().id()).toList());
      assertThat(waiting).extracting(WaitingEvent::userId).containsExactly(USER, USER + 1, USER);
      assertThat(waiting).isSortedAccordingTo((a, b) -> Long.compare(a.id(), b.id()));
      var first = waiting.getFirst();
      assertThat(first.type()).isEqualTo("user.created");
      assertThat(first.traceparent()).isEqualTo("00-trace");
      assertThat(waiting.getLast().traceparent()).isNull();
      assertThat(first.attempts()).isZero();
      assertThat(first.payload()).isEqualTo(new EventCodec().write(events.getFirst().event()));
    });
  }

  @Test
  void appendsNothingWhereThereIsNothing() {
    uncommitted(() -> {
      outbox.append(List.of());
      outbox.delete(List.of());
      assertThat(mine()).isEmpty();
    });
  }

  @Test
  void handsOutTheOldestOfTheLeasedBucketsOnly() {
    uncommitted(() -> {
      outbox.append(List.of(event(USER, null), event(USER + 1, null), event(USER, null)));
      assertThat(outbox.oldest(List.of(2), 1_000))
          .extracting(WaitingEvent::userId)
          .contains(USER + 1)
          .doesNotContain(USER);
      assertThat(outbox.oldest(BUCKETS, 2)).hasSize(2);
    });
  }

  @Test
  void deletesWhatItIsToldAndNothingElse() {
    uncommitted(() -> {
      outbox.append(List.of(event(USER, null), event(USER, null), event(USER + 1, null)));
      var before = mine();
      outbox.delete(List.of(before.getFirst(), before.getLast()));
      assertThat(mine()).extracting(WaitingEvent::id).containsExactly(before.get(1).id());
    });
  }

  @Test
  void setsARefusedEventAsideUntilItsTime() {
    uncommitted(() -> {
      outbox.append(List.of(event(USER, null), event(USER, null)));
      var before = mine();
      var now = Instant.now();
      outbox.refused(before.getFirst(), "why", now.plus(1, ChronoUnit.HOURS));
      outbox.refused(before.getLast(), "why", now.minus(1, ChronoUnit.HOURS));
      var after = mine();
      assertThat(after).extracting(WaitingEvent::id).containsExactly(before.getLast().id());
      assertThat(after.getFirst().attempts()).isEqualTo(1);
      assertThat(lastError(before.getFirst())).isEqualTo("why");
    });
  }

  @Test
  void knowsTheNewestWaitingEvent() {
    uncommitted(() -> {
      outbox.append(List.of(event(USER, null), event(USER + 1, null), event(USER, null)));
      var events = mine();
      assertThat(outbox.newest()).isEqualTo(events.getLast().id());
      outbox.park(events.getLast(), "too often", Instant.now());
      assertThat(outbox.newest()).isEqualTo(events.get(1).id());
      jdbc.sql("DELETE FROM banking.outbox").update();
      assertThat(outbox.newest()).isZero();
    });
  }

  @Test
  void handsOutNoParkedEvent() {
    uncommitted(() -> {
      outbox.append(List.of(event(USER, null)));
      var event = mine().getFirst();
      outbox.park(event, "too often", Instant.now());
      assertThat(mine()).isEmpty();
      assertThat(lastError(event)).isEqualTo("too often");
    });
  }

  @Test
  void leasesWhatNobodyElseHolds() throws Exception {
    try (var other = dataSource.getConnection();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      var _ = statement.execute("SELECT 1 FROM banking.outbox_bucket WHERE bucket < 4 FOR UPDATE");
      uncommitted(() -> {
        // A relay may hold the others for a moment.
        jdbc.sql("SELECT bucket FROM banking.outbox_bucket WHERE bucket >= 4 FOR UPDATE")
            .query()
            .listOfRows();
        assertThat(outbox.lease())
            .containsExactlyInAnyOrderElementsOf(IntStream.range(4, 16).boxed().toList());
      });
    }
  }

  @Test
  void putsEachUserIntoOneOfTheBuckets() {
    assertThat(Outbox.bucketOf(33)).isEqualTo(1);
    assertThat(Outbox.bucketOf(34)).isEqualTo(2);
    assertThat(Outbox.bucketOf(1L << 31)).isBetween(0, 15);
    assertThat(Outbox.bucketOf(Long.MAX_VALUE)).isBetween(0, 15);
  }

  /** Of the two users here; other tests' events may wait as well. */
  private List<WaitingEvent> mine() {
    return outbox.oldest(BUCKETS, 10_000).stream()
        .filter(event -> event.userId() == USER || event.userId() == USER + 1)
        .toList();
  }

  private String lastError(WaitingEvent event) {
    return jdbc.sql("SELECT last_error FROM banking.outbox WHERE user_id = ? AND id = ?")
        .params(event.userId(), event.id())
        .query(String.class)
        .single();
  }
}
