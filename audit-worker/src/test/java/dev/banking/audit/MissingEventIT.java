package dev.banking.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.audit.reconcile.Books;
import dev.banking.common.BalanceUpdateFailed;
import dev.banking.common.BalanceUpdated;
import dev.banking.common.BankingEvent;
import dev.banking.common.EventCodec;
import dev.banking.common.Money;
import dev.banking.common.Topology;
import dev.banking.common.UserCreated;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MissingEventIT {

  private final TestDatabase database = new TestDatabase();

  @Test
  void namesTheUserAndTheSequenceOfAnEventThatWasTakenFromTheQueue() throws Exception {
    var _ = new Books(database);
    var events = new Changes(new SplittableRandom(11)).some(60, 5, 6);
    var lost =
        events.stream().skip(20).filter(BalanceUpdated.class::isInstance).findFirst().orElseThrow();
    try (var broker = TestBroker.emptied()) {
      var others = new ArrayList<>(events);
      others.remove(lost);
      broker.publish(lost);
      broker.publish(others);
      var taken = Objects.requireNonNull(broker.take(Topology.AUDIT_LOG));
      assertThat(new EventCodec().read(taken.getBody())).isEqualTo(lost);
      try (var _ = Worker.start(database)) {
        await().atMost(Duration.ofSeconds(20)).until(() -> database.entries() == 59);
      }
    }
    writeLedger(events);
    var operator = new Operator(database);
    assertThat(operator.types("verify", "--grace", "0")).isOne();
    assertThat(operator.sees())
        .contains("1 changes are not in the book; looking for them again")
        .contains("sequence_missing: 1 ")
        .contains("user %d sequence %d: ledger ".formatted(lost.userId(), lost.sequence()))
        .contains("THE BOOK IS NOT SOUND: 1 findings.");
  }

  /** As the API would have, in the transactions of the changes. */
  private void writeLedger(List<BankingEvent> events) {
    for (var event : events) {
      switch (event) {
        case BalanceUpdated updated -> write(updated, updated.amount(), updated.newBalance());
        case UserCreated created ->
            write(created, created.initialBalance(), created.initialBalance());
        case BalanceUpdateFailed _ -> {
          // Nothing moved.
        }
      }
    }
  }

  private void write(BankingEvent event, Money amount, Money balance) {
    database
        .application()
        .sql("INSERT INTO banking.ledger_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .param(event.userId())
        .param(event.sequence())
        .param(amount.toBigDecimal())
        .param(balance.toBigDecimal())
        .param(event.operationId())
        .param(event.actor())
        .param(event.requestId())
        .param(event.time().atOffset(ZoneOffset.UTC))
        .update();
  }
}
