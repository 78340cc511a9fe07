package dev.banking.loadtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.bank.PostgresProxy.CommitFault;
import dev.banking.loadtests.bank.PostgresProxy.Network;
import dev.banking.loadtests.client.Client;
import dev.banking.loadtests.history.Answer;
import dev.banking.loadtests.history.HistoryChecker;
import dev.banking.loadtests.history.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A refusal is committed, its COMMIT's reply is lost, and before it can be decided again another
 * instance makes it affordable.
 */
@WithBank
class LostRefusalIT {

  private static final long OPENING_CENTS = 100_00;

  /** Without a relay, so that the next COMMIT is the refusal's. */
  @BeforeEach
  void withoutRelay(Bank bank) {
    bank.secondApi().start();
    bank.api().stop();
    bank.api().launch(Map.of("OUTBOX_RELAY_ENABLED", "false"));
    bank.api().awaitReady();
  }

  @AfterEach
  void asBefore(Bank bank) throws IOException {
    Broker.purge(bank, "audit-log.parked");
    bank.proxy().become(Network.GOOD);
    bank.api().stop();
    bank.api().start();
    bank.secondApi().stop();
  }

  @Test
  void theAuditBookHasWhatTheLedgerHas(Bank bank) throws Exception {
    var history = new ConcurrentLinkedQueue<Operation>();
    var name = "lost" + Long.toString(System.nanoTime(), 36);
    try (var first = new Client(List.of(bank.api().port()), name + "-1", history::add);
        var second = new Client(List.of(bank.secondApi().port()), name + "-2", history::add)) {
      var user = first.create(OPENING_CENTS);
      assertThat(second.change(user, 1, null)).isInstanceOf(Answer.Applied.class);
      assertThat(first.change(user, 1, null)).isInstanceOf(Answer.Applied.class);

      bank.proxy().breakCommits(CommitFault.REPLY_LOST_FOR_GOOD, 1);
      var refused =
          CompletableFuture.supplyAsync(
              () -> String.valueOf(first.change(user, -2 * OPENING_CENTS + 50_00, null)));
      await().pollDelay(Duration.ZERO).until(() -> bank.proxy().commitsToBreak() == 0);
      assertThat(second.change(user, OPENING_CENTS, null)).isInstanceOf(Answer.Applied.class);
      bank.proxy().become(Network.GOOD);
      System.out.println("the refusal whose commit was lost was answered: " + refused.join());

      var books = new Books(bank, List.of(user));
      await("the outbox is empty").until(books::isOutboxEmpty);
      await("the books agree").untilAsserted(() -> assertThat(books.differences()).isEmpty());
      assertThat(new HistoryChecker(Bank.CACHE_TTL).check(List.copyOf(history), books.ledger()))
          .isEmpty();
    }
  }
}
