package dev.banking.api.user;

import dev.banking.api.cache.CachedAccount;
import dev.banking.common.Money;
import java.time.Instant;

/**
 * A user as shown.
 *
 * @param id the user
 * @param balance now
 * @param sequence the last applied change
 * @param createdAt of the user
 * @param updatedAt of the balance
 */
record User(long id, Money balance, long sequence, Instant createdAt, Instant updatedAt) {

  static User of(CachedAccount account) {
    return new User(
        account.userId(),
        account.balance(),
        account.sequence(),
        account.createdAt(),
        account.updatedAt());
  }
}
