package dev.banking.api.account;

import dev.banking.common.Money;
import java.time.Instant;

/**
 * A user after a change.
 *
 * @param id the user
 * @param balance after the change
 * @param sequence the number of the change
 * @param updatedAt when it was decided
 */
record UserBalance(long id, Money balance, long sequence, Instant updatedAt) {

  static UserBalance of(Outcome.Booked booked) {
    return new UserBalance(
        booked.userId(), booked.balance(), booked.sequence(), booked.updatedAt());
  }
}
