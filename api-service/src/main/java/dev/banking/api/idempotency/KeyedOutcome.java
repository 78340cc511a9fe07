package dev.banking.api.idempotency;

import dev.banking.common.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was decided the first time.
 *
 * @param userId whose balance
 * @param key the client's key; unique for the user
 * @param amount the change that was asked for
 * @param refusal null: applied; else the stable word that the client was told
 * @param sequence of the applied change, or of the state that the refusal was judged by
 * @param balance after the applied change, or in the state that the refusal was judged by
 * @param decidedAt in whole microseconds
 */
public record KeyedOutcome(
    long userId,
    String key,
    Money amount,
    @Nullable String refusal,
    long sequence,
    Money balance,
    Instant decidedAt) {

  /** Where to find it. */
  public Id id() {
    return new Id(userId, key);
  }

  /**
   * A key belongs to one user.
   *
   * @param userId whose key
   * @param key the client's word
   */
  public record Id(long userId, String key) implements Comparable<Id> {

    @Override
    public int compareTo(Id other) {
      var byUser = Long.compare(userId, other.userId);
      return byUser != 0 ? byUser : key.compareTo(other.key);
    }
  }
}
