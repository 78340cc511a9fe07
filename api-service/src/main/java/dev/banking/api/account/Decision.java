package dev.banking.api.account;

import dev.banking.api.cache.CachedAccount;
import dev.banking.api.idempotency.KeyedOutcome;
import dev.banking.api.ledger.LedgerEntry;
import dev.banking.api.outbox.OutboxEvent;
import dev.banking.common.BalanceUpdateFailed;
import dev.banking.common.BalanceUpdated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction decides about a batch: an outcome for each command, and the rows that must
 * be true together with them. Built in arrival order; a command sees what the ones before it did.
 */
final class Decision {

  private final Instant decidedAt;
  private final Map<KeyedOutcome.Id, KeyedOutcome> remembered;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<LedgerEntry> entries = new ArrayList<>();
  private final List<OutboxEvent> events = new ArrayList<>();
  private final List<KeyedOutcome> firstOutcomes = new ArrayList<>();
  private final Map<Long, Account> changed = new LinkedHashMap<>();

  /**
   * An empty decision.
   *
   * @param decidedAt the time of everything that is decided
   * @param remembered the outcomes that keys of this batch already have
   */
  Decision(Instant decidedAt, Map<KeyedOutcome.Id, KeyedOutcome> remembered) {
    this.decidedAt = decidedAt;
    this.remembered = new HashMap<>(remembered);
  }

  /** Decides the next command of the batch. */
  void decide(BalanceChange command, @Nullable Account account) {
    outcomes.add(account == null ? new Outcome.UserNotFound() : outcomeOf(command, account));
  }

  private Outcome outcomeOf(BalanceChange command, Account account) {
    var keyId = command.keyId();
    var first = keyId == null ? null : remembered.get(keyId);
    if (first != null) {
      return replay(command, first);
    }
    var outcome = judge(command, account);
    switch (outcome) {
      case Outcome.Booked booked -> {
        changed.put(account.userId(), account);
        entries.add(entry(command, booked));
        events.add(event(command, booked));
        remember(command, booked.sequence(), null, account);
      }
      case Outcome.PreconditionFailed refused -> events.add(event(command, refused));
      case Outcome.Refused refused -> {
        events.add(event(command, refused));
        remember(command, refused.sequence(), refused.reason(), account);
      }
      default -> throw new IllegalStateException("an account cannot answer " + outcome);
    }
    return outcome;
  }

  private Outcome judge(BalanceChange command, Account account) {
    var ifMatch = command.ifMatch();
    if (ifMatch != null && !ifMatch.accepts(account.sequence())) {
      return new Outcome.PreconditionFailed(account.balance(), account.sequence());
    }
    return account.book(command.amount(), decidedAt);
  }

  private static Outcome replay(BalanceChange command, KeyedOutcome first) {
    if (!first.amount().equals(command.amount())) {
      return new Outcome.KeyReused();
    }
    return switch (first.refusal()) {
      case null ->
          new Outcome.Booked(
              first.userId(), first.balance(), first.sequence(), first.decidedAt(), true);
      case Outcome.InsufficientFunds.REASON ->
          new Outcome.InsufficientFunds(first.balance(), first.sequence(), true);
      case Outcome.BalanceLimitExceeded.REASON ->
          new Outcome.BalanceLimitExceeded(first.balance(), first.sequence(), true);
      default -> throw new IllegalStateException("unknown refusal " + first.refusal());
    };
  }

  private void remember(
      BalanceChange command, long sequence, @Nullable String refusal, Account account) {
    var key = command.key();
    if (key != null) {
      var first =
          new KeyedOutcome(
              command.userId(),
              key,
              command.amount(),
              refusal,
              sequence,
              account.balance(),
              decidedAt);
      firstOutcomes.add(first);
      remembered.put(first.id(), first);
    }
  }

  private LedgerEntry entry(BalanceChange command, Outcome.Booked booked) {
    return new LedgerEntry(
        command.userId(),
        booked.sequence(),
        command.amount(),
        booked.balance(),
        command.operationId(),
        command.request().actor(),
        command.request().requestId(),
        decidedAt);
  }

  private OutboxEvent event(BalanceChange command, Outcome.Booked booked) {
    var request = command.request();
    return new OutboxEvent(
        new BalanceUpdated(
            command.operationId(),
            decidedAt,
            command.userId(),
            booked.sequence(),
            command.operationId(),
            command.amount(),
            booked.balance().minus(command.amount()),
            booked.balance(),
            request.actor(),
            request.requestId()),
        request.traceparent());
  }

  private OutboxEvent event(BalanceChange command, Outcome.Refused refused) {
    var request = command.request();
    return new OutboxEvent(
        new BalanceUpdateFailed(
            command.operationId(),
            decidedAt,
            command.userId(),
            refused.sequence(),
            command.operationId(),
            command.amount(),
            refused.balance(),
            refused.reason(),
            request.actor(),
            request.requestId()),
        request.traceparent());
  }

  /** One per command, in their order. */
  List<Outcome> outcomes() {
    return outcomes;
  }

  /** The applied changes. */
  List<LedgerEntry> entries() {
    return entries;
  }

  /** One per command that an account judged. */
  List<OutboxEvent> events() {
    return events;
  }

  /** The outcomes to remember under keys. */
  List<KeyedOutcome> firstOutcomes() {
    return firstOutcomes;
  }

  /** The accounts with at least one applied change. */
  Collection<Account> changed() {
    return changed.values();
  }

  /** The changed accounts as they are after the batch. */
  List<CachedAccount> snapshots() {
    return changed.values().stream().map(Account::snapshot).toList();
  }
}
