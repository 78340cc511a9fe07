package dev.banking.api.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.api.http.IfMatch;
import dev.banking.api.http.RequestContext;
import dev.banking.api.idempotency.KeyedOutcome;
import dev.banking.api.ledger.LedgerEntry;
import dev.banking.common.BalanceUpdateFailed;
import dev.banking.common.BalanceUpdated;
import dev.banking.common.Money;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecisionTest {

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final RequestContext REQUEST = new RequestContext("me", "r-1", "trace");

  private final Account account = new Account(1, new Money(100), NOW);

  private static BalanceChange change(long cents, @Nullable String key, @Nullable IfMatch ifMatch) {
    return new BalanceChange(1, new Money(cents), key, ifMatch, OperationIds.next(), REQUEST);
  }

  @Test
  void seesWhatTheCommandsBeforeItDid() {
    var decision = new Decision(NOW, Map.of());
    decision.decide(change(-60, null, null), account);
    decision.decide(change(-60, null, null), account);
    decision.decide(change(20, null, null), account);
    decision.decide(change(-60, null, null), account);
    assertThat(decision.outcomes())
        .containsExactly(
            new Outcome.Booked(1, new Money(40), 2, NOW, false),
            new Outcome.InsufficientFunds(new Money(40), 2, false),
            new Outcome.Booked(1, new Money(60), 3, NOW, false),
            new Outcome.Booked(1, Money.ZERO, 4, NOW, false));
    assertThat(decision.entries()).extracting(LedgerEntry::sequence).containsExactly(2L, 3L, 4L);
    assertThat(decision.changed()).containsExactly(account);
    assertThat(decision.snapshots()).containsExactly(account.snapshot());
    assertThat(decision.events()).hasSize(4);
  }

  @Test
  void tellsTheWorldWhatItDecided() {
    var decision = new Decision(NOW, Map.of());
    var applied = change(-60, null, null);
    var refused = change(-60, null, null);
    decision.decide(applied, account);
    decision.decide(refused, account);
    assertThat(decision.events().getFirst().traceparent()).isEqualTo("trace");
    assertThat(decision.events().getFirst().event())
        .isEqualTo(
            new BalanceUpdated(
                applied.operationId(),
                NOW,
                1,
                2,
                applied.operationId(),
                new Money(-60),
                new Money(100),
                new Money(40),
                "me",
                "r-1"));
    assertThat(decision.events().getLast().event())
        .isEqualTo(
            new BalanceUpdateFailed(
                refused.operationId(),
                NOW,
                1,
                2,
                refused.operationId(),
                new Money(-60),
                new Money(40),
                "insufficient_funds",
                "me",
                "r-1"));
  }

  @Test
  void tellsTheReasonOfEachRefusal() {
    var decision = new Decision(NOW, Map.of());
    decision.decide(change(-101, null, null), account);
    decision.decide(change(Money.MAX.cents(), null, null), account);
    decision.decide(change(1, null, new IfMatch(false, Set.of(7L))), account);
    assertThat(decision.events())
        .extracting(event -> ((BalanceUpdateFailed) event.event()).reason())
        .containsExactly("insufficient_funds", "balance_limit_exceeded", "precondition_failed");
    assertThat(decision.outcomes()).noneMatch(Outcome::replayed);
  }

  @Test
  void runsAKeyOnceWithinABatch() {
    var decision = new Decision(NOW, Map.of());
    decision.decide(change(-60, "k", null), account);
    decision.decide(change(-60, "k", null), account);
    decision.decide(change(-61, "k", null), account);
    assertThat(decision.outcomes())
        .containsExactly(
            new Outcome.Booked(1, new Money(40), 2, NOW, false),
            new Outcome.Booked(1, new Money(40), 2, NOW, true),
            new Outcome.KeyReused());
    assertThat(decision.entries()).hasSize(1);
    assertThat(decision.events()).hasSize(1);
    assertThat(decision.firstOutcomes()).hasSize(1);
  }

  @Test
  void replaysRefusalsToo() {
    var first =
        new KeyedOutcome(1, "k", new Money(-500), "insufficient_funds", 1, new Money(9), NOW);
    var limit =
        new KeyedOutcome(1, "l", new Money(500), "balance_limit_exceeded", 1, new Money(9), NOW);
    var decision = new Decision(NOW, Map.of(first.id(), first, limit.id(), limit));
    decision.decide(change(-500, "k", null), account);
    decision.decide(change(500, "l", null), account);
    assertThat(decision.outcomes())
        .containsExactly(
            new Outcome.InsufficientFunds(new Money(9), 1, true),
            new Outcome.BalanceLimitExceeded(new Money(9), 1, true));
    assertThat(decision.events()).isEmpty();
    assertThat(decision.changed()).isEmpty();
  }

  @Test
  void remembersWhatItRefusedWithTheStateItWasJudgedBy() {
    var decision = new Decision(NOW, Map.of());
    decision.decide(change(-101, "k", null), account);
    assertThat(decision.firstOutcomes())
        .containsExactly(
            new KeyedOutcome(
                1, "k", new Money(-101), "insufficient_funds", 1, new Money(100), NOW));
  }

  @Test
  void judgesPreconditionsByTheStateWithinTheBatch() {
    var first = new IfMatch(false, Set.of(1L));
    var decision = new Decision(NOW, Map.of());
    decision.decide(change(-1, null, first), account);
    decision.decide(change(-1, "k", first), account);
    assertThat(decision.outcomes())
        .containsExactly(
            new Outcome.Booked(1, new Money(99), 2, NOW, false),
            new Outcome.PreconditionFailed(new Money(99), 2));
    assertThat(decision.firstOutcomes()).as("a precondition is no outcome").isEmpty();
    assertThat(decision.events()).hasSize(2);
  }

  @Test
  void knowsNoOtherUsers() {
    var decision = new Decision(NOW, Map.of());
    decision.decide(change(-1, "k", null), null);
    assertThat(decision.outcomes()).containsExactly(new Outcome.UserNotFound());
    assertThat(decision.events()).isEmpty();
    assertThat(decision.firstOutcomes()).isEmpty();
  }
}
