package dev.banking.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.banking.common.Money;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AccountTest {

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(1);

  @Test
  void countsAnOpeningBalanceAsItsFirstChange() {
    assertThat(new Account(1, new Money(1), NOW).sequence()).isEqualTo(1);
    assertThat(new Account(1, Money.ZERO, NOW).sequence()).isZero();
  }

  @Test
  void refusesAnOpeningBalanceOutOfRange() {
    for (var balance : new Money[] {new Money(-1), Money.MAX.plus(new Money(1))}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Account(1, balance, NOW));
    }
  }

  @Test
  void booksCreditsAndDebits() {
    var account = new Account(7, new Money(1000), NOW);
    assertThat(account.book(new Money(-1000), LATER))
        .isEqualTo(new Outcome.Booked(7, Money.ZERO, 2, LATER, false));
    assertThat(account.book(Money.MAX, LATER))
        .isEqualTo(new Outcome.Booked(7, Money.MAX, 3, LATER, false));
    assertThat(account.snapshot().updatedAt()).isEqualTo(LATER);
    assertThat(account.snapshot().createdAt()).isEqualTo(NOW);
    assertThat(account.userId()).isEqualTo(7);
  }

  @Test
  void refusesDebitBeyondBalanceAndStaysAsItIs() {
    var account = new Account(7, new Money(1000), NOW);
    var before = account.snapshot();
    assertThat(account.book(new Money(-1001), LATER))
        .isEqualTo(new Outcome.InsufficientFunds(new Money(1000), 1, false));
    assertThat(account.snapshot()).isEqualTo(before);
  }

  @Test
  void refusesCreditBeyondLimitAndStaysAsItIs() {
    var account = new Account(7, Money.MAX, NOW);
    var before = account.snapshot();
    assertThat(account.book(new Money(1), LATER))
        .isEqualTo(new Outcome.BalanceLimitExceeded(Money.MAX, 1, false));
    assertThat(account.snapshot()).isEqualTo(before);
  }

  @Test
  void staysWithinItsLimitsWhateverIsBooked() {
    var seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    var account = new Account(1, Money.ZERO, NOW);
    var expected = 0L;
    var sequence = 0L;
    for (var i = 0; i < 100_000; i++) {
      var cents = random.nextLong(-Money.MAX.cents(), Money.MAX.cents() + 1);
      var outcome = account.book(new Money(cents), LATER);
      var fits = expected + cents >= 0 && expected + cents <= Money.MAX.cents();
      assertThat(outcome instanceof Outcome.Booked).as("seed %d", seed).isEqualTo(fits);
      if (fits) {
        expected += cents;
        sequence++;
      }
      assertThat(account.balance().cents()).as("seed %d", seed).isEqualTo(expected);
      assertThat(account.sequence()).as("seed %d", seed).isEqualTo(sequence);
    }
  }
}
