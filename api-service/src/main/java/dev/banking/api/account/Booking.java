package dev.banking.api.account;

import dev.banking.api.idempotency.IdempotencyKeys;
import dev.banking.api.idempotency.KeyedOutcome;
import dev.banking.api.ledger.Ledger;
import dev.banking.api.outbox.Outbox;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides a batch and writes everything that must be true together, inside the caller's
 * transaction: accounts, ledger, remembered keys, outbox.
 */
@Component
class Booking {

  private final Accounts accounts;
  private final Ledger ledger;
  private final IdempotencyKeys keys;
  private final Outbox outbox;
  private final Clock clock;

  Booking(Accounts accounts, Ledger ledger, IdempotencyKeys keys, Outbox outbox, Clock clock) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.keys = keys;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Books the commands in their order. A batch without an applied change leaves the account rows
   * alone.
   *
   * @param lock holds the accounts from the start, so that no other writer can get in between
   * @throws org.springframework.dao.ConcurrencyFailureException when another writer was faster;
   *     nothing of the batch may be committed
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Decision book(List<BalanceChange> commands, boolean lock) {
    var userIds = userIdsOf(commands);
    var loaded = lock ? accounts.lock(userIds) : accounts.load(userIds);
    // Looked up after the accounts were read: a key that another process has applied since has
    // changed its account too, and the versioned update below finds that out.
    var remembered =
        keys.find(
            commands.stream()
                .map(BalanceChange::keyId)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    var decision = new Decision(clock.instant().truncatedTo(ChronoUnit.MICROS), remembered);
    for (var command : commands) {
      decision.decide(command, loaded.get(command.userId()));
    }
    if (!decision.entries().isEmpty()) {
      accounts.flush();
      ledger.append(decision.entries());
    }
    keys.remember(decision.firstOutcomes());
    outbox.append(decision.events());
    return decision;
  }

  /**
   * Finds out whether the transaction that wrote this decision was committed, after its answer was
   * lost. Locks the accounts first: that waits for the lost transaction to end, if the server still
   * holds it open, so that the answer is final.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean wasCommitted(Decision decision) {
    accounts.lock(decision.changed().stream().map(Account::userId).sorted().toList());
    var any = decision.entries().getFirst();
    return ledger.contains(any.userId(), any.operationId());
  }

  /**
   * Writes a decision without applied changes once more, after the answer to its commit was lost. A
   * refusal stays true whatever became of that commit; deciding it again might find it affordable
   * by now, while its event already tells the world otherwise. Its events carry the same ids and
   * the same content, so that they are one event however often they are published.
   *
   * @throws ConcurrencyFailureException when another process has decided one of its keys meanwhile
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void writeAgain(Decision decision) {
    var firstOutcomes = decision.firstOutcomes();
    var there = keys.find(firstOutcomes.stream().map(KeyedOutcome::id).toList());
    for (var outcome : firstOutcomes) {
      var other = there.get(outcome.id());
      if (other != null && !other.equals(outcome)) {
        throw new ConcurrencyFailureException("another process has decided a key meanwhile");
      }
    }
    keys.remember(
        firstOutcomes.stream().filter(outcome -> !there.containsKey(outcome.id())).toList());
    outbox.append(decision.events());
  }

  private static List<Long> userIdsOf(List<BalanceChange> commands) {
    return commands.stream().map(BalanceChange::userId).distinct().sorted().toList();
  }
}
