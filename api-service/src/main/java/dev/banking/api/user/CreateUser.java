package dev.banking.api.user;

import dev.banking.api.account.Accounts;
import dev.banking.api.account.BookingProperties;
import dev.banking.api.account.OperationIds;
import dev.banking.api.http.ApiError;
import dev.banking.api.http.ApiException;
import dev.banking.api.http.ErrorType;
import dev.banking.api.http.RequestContext;
import dev.banking.api.outbox.OutboxRelay;
import dev.banking.common.Money;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The use case: a new user, whose opening balance is the first entry of the ledger. */
@Component
class CreateUser {

  private static final Logger log = LoggerFactory.getLogger(CreateUser.class);

  private final UserRegistration registration;
  private final Accounts accounts;
  private final TransactionTemplate transactions;
  private final OutboxRelay relay;
  private final BookingProperties properties;

  CreateUser(
      UserRegistration registration,
      Accounts accounts,
      TransactionTemplate transactions,
      OutboxRelay relay,
      BookingProperties properties) {
    this.registration = registration;
    this.accounts = accounts;
    this.transactions = transactions;
    this.relay = relay;
    this.properties = properties;
  }

  /**
   * Creates a user with the next free id.
   *
   * @throws ApiException when the commit's answer was lost and could not be found out
   */
  Creation create(Money initialBalance, @Nullable String key, RequestContext request) {
    return commit(
        new UserCreation(accounts.nextUserId(), initialBalance, key, OperationIds.next(), request));
  }

  /** Creates the user with this very id, unless there are users already. */
  void createFirst(long userId, Money initialBalance, RequestContext request) {
    if (accounts.isEmpty()) {
      try {
        commit(new UserCreation(userId, initialBalance, null, OperationIds.next(), request));
      } catch (DuplicateKeyException e) {
        log.debug("Another process was first", e);
      }
    }
  }

  private Creation commit(UserCreation command) {
    var decided = new AtomicReference<@Nullable Creation>();
    Creation creation;
    try {
      creation =
          transactions.execute(_ -> {
            var made = registration.register(command);
            // From here on the commit may be sent: an exception no longer proves a rollback.
            decided.set(made);
            return made;
          });
    } catch (RuntimeException e) {
      var lost = decided.get();
      if (lost == null) {
        throw e;
      }
      log.warn("A commit's answer was lost, it is tried again: {}", e.toString());
      creation = again(command, lost);
    }
    relay.wake();
    return Objects.requireNonNull(creation);
  }

  /**
   * The same id again: if the lost transaction was committed, or still is about to be, the primary
   * key says so; if it was not, this one takes its place.
   */
  private Creation again(UserCreation command, Creation lost) {
    var deadline = System.nanoTime() + properties.settleFor().toNanos();
    while (System.nanoTime() - deadline < 0) {
      try {
        return Objects.requireNonNull(transactions.execute(_ -> registration.register(command)));
      } catch (DuplicateKeyException _) {
        return lost;
      } catch (RuntimeException e) {
        log.debug("Not yet", e);
        pause();
      }
    }
    throw new ApiException(ApiError.of(ErrorType.OUTCOME_UNKNOWN));
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(properties.pause().toNanos());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
