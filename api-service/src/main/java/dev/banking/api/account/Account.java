package dev.banking.api.account;

import dev.banking.api.cache.CachedAccount;
import dev.banking.common.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A user's balance. Guards itself: there is no way to a balance outside of its limits. */
@Entity
@Table(name = "account")
public class Account {

  @Id
  @Column(name = "user_id")
  private long userId;

  @Convert(converter = MoneyConverter.class)
  @Column(name = "balance")
  private Money balance = Money.ZERO;

  @Column(name = "sequence")
  private long sequence;

  @Version
  @Column(name = "version")
  private long version;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt = Instant.EPOCH;

  @Column(name = "updated_at")
  private Instant updatedAt = Instant.EPOCH;

  /** For JPA. */
  protected Account() {}

  /**
   * A new account. An opening balance is its first change, sequence 1.
   *
   * @param openingBalance not negative, within the limit
   */
  public Account(long userId, Money openingBalance, Instant now) {
    if (openingBalance.isNegative() || openingBalance.isMoreThan(Money.MAX)) {
      throw new IllegalArgumentException("opening balance out of range");
    }
    this.userId = userId;
    this.balance = openingBalance;
    this.sequence = openingBalance.isZero() ? 0 : 1;
    this.createdAt = now;
    this.updatedAt = now;
  }

  /** Applies the amount, or refuses and stays as it is. */
  Outcome book(Money amount, Instant now) {
    var newBalance = balance.plus(amount);
    if (newBalance.isNegative()) {
      return new Outcome.InsufficientFunds(balance, sequence, false);
    }
    if (newBalance.isMoreThan(Money.MAX)) {
      return new Outcome.BalanceLimitExceeded(balance, sequence, false);
    }
    balance = newBalance;
    sequence++;
    updatedAt = now;
    return new Outcome.Booked(userId, balance, sequence, updatedAt, false);
  }

  /** As readers see it. */
  public CachedAccount snapshot() {
    return new CachedAccount(userId, balance, sequence, createdAt, updatedAt);
  }

  public long userId() {
    return userId;
  }

  public Money balance() {
    return balance;
  }

  public long sequence() {
    return sequence;
  }
}
