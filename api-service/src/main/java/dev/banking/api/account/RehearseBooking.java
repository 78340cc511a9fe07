package dev.banking.api.account;

import dev.banking.api.http.RequestContext;
import dev.banking.common.Money;
import java.time.Clock;
import java.util.ArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Books for an account that never comes to be: every transaction is rolled back. */
@Component
public class RehearseBooking {

  private static final int COMMANDS = 20;
  private static final int IDS = 1_000_000;

  private final Booking booking;
  private final Accounts accounts;
  private final TransactionTemplate transactions;
  private final Clock clock;

  RehearseBooking(
      Booking booking, Accounts accounts, TransactionTemplate transactions, Clock clock) {
    this.booking = booking;
    this.accounts = accounts;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** One batch with applied, refused and keyed commands; nothing of it stays. */
  public void rehearse() {
    // Not always the same: two processes that start together would wait for each other's row.
    var userId = Long.MAX_VALUE - 1 - ThreadLocalRandom.current().nextInt(IDS);
    var request = new RequestContext("warm-up", "warm-up", null);
    var commands = new ArrayList<BalanceChange>(COMMANDS);
    for (var i = 0; i < COMMANDS; i++) {
      commands.add(
          new BalanceChange(
              userId,
              new Money(i % 2 == 0 ? -1 : -1_000_000),
              i % 5 == 0 ? "warm-up-" + i : null,
              null,
              OperationIds.next(),
              request));
    }
    transactions.executeWithoutResult(transaction -> {
      transaction.setRollbackOnly();
      accounts.add(new Account(userId, new Money(100), clock.instant()));
      booking.book(commands, false);
    });
  }
}
