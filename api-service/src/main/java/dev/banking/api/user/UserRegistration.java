package dev.banking.api.user;

import dev.banking.api.account.Account;
import dev.banking.api.account.Accounts;
import dev.banking.api.ledger.Ledger;
import dev.banking.api.ledger.LedgerEntry;
import dev.banking.api.outbox.Outbox;
import dev.banking.api.outbox.OutboxEvent;
import dev.banking.common.UserCreated;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes a new user and everything that must be true together with it, inside the caller's
 * transaction: account, opening ledger entry, key, event.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class UserRegistration {

  private final Accounts accounts;
  private final Ledger ledger;
  private final CreationKeys keys;
  private final Outbox outbox;
  private final Clock clock;

  UserRegistration(
      Accounts accounts, Ledger ledger, CreationKeys keys, Outbox outbox, Clock clock) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.keys = keys;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Registers the user, or finds what the same key made before.
   *
   * @throws org.springframework.dao.DuplicateKeyException when the user id is taken
   */
  Creation register(UserCreation command) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var key = command.key();
    var actor = command.request().actor();
    if (key != null && !keys.claim(actor, key, command.userId(), command.initialBalance(), now)) {
      return replay(command, keys.find(actor, key).orElseThrow());
    }
    var account = new Account(command.userId(), command.initialBalance(), now);
    accounts.add(account);
    if (account.sequence() > 0) {
      ledger.append(List.of(openingEntry(command, account, now)));
    }
    outbox.append(List.of(event(command, account, now)));
    return new Creation.Created(account.snapshot(), false);
  }

  private static Creation replay(UserCreation command, CreationKeys.Claim claim) {
    if (!claim.initialBalance().equals(command.initialBalance())) {
      return new Creation.KeyReused();
    }
    var account = new Account(claim.userId(), claim.initialBalance(), claim.createdAt());
    return new Creation.Created(account.snapshot(), true);
  }

  private static LedgerEntry openingEntry(UserCreation command, Account account, Instant now) {
    return new LedgerEntry(
        account.userId(),
        account.sequence(),
        account.balance(),
        account.balance(),
        command.operationId(),
        command.request().actor(),
        command.request().requestId(),
        now);
  }

  private static OutboxEvent event(UserCreation command, Account account, Instant now) {
    return new OutboxEvent(
        new UserCreated(
            command.operationId(),
            now,
            account.userId(),
            account.sequence(),
            command.operationId(),
            account.balance(),
            command.request().actor(),
            command.request().requestId()),
        command.request().traceparent());
  }
}
