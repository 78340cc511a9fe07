package dev.banking.common;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of money in cents: the only arithmetic on amounts. Exact, never rounded, and always
 * written plain, never with an exponent.
 *
 * <p>The limit is what {@code numeric(15,2)} holds. A {@code Money} may be up to twice the limit,
 * so that a sum of two amounts within the limit always exists and can then be judged.
 *
 * @param cents the amount in hundredths of the currency's unit
 */
public record Money(long cents) implements Comparable<Money> {

  public static final Money ZERO = new Money(0);

  /** 9999999999999.99, the largest balance and the largest single change. */
  public static final Money MAX = new Money(999_999_999_999_999L);

  private static final int MAX_INTEGER_DIGITS = 13;
  private static final int DECIMALS = 2;

  /** Refuses what no sum of two amounts within the limit can be. */
  public Money {
    if (cents > 2 * 999_999_999_999_999L || cents < -2 * 999_999_999_999_999L) {
      throw new IllegalArgumentException("beyond twice the limit");
    }
  }

  /**
   * Reads a JSON number. The digits are counted before any arithmetic is done, so that {@code
   * 1e1000000000} costs no more than {@code 1}.
   *
   * @throws IllegalArgumentException with a message for the user when it is no decimal number, has
   *     more than two decimals, or is beyond the limit
   */
  public static Money parse(String number) {
    BigDecimal decimal;
    try {
      decimal = new BigDecimal(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a decimal number", e);
    }
    return of(decimal);
  }

  /**
   * The same amount as {@code decimal}.
   *
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static Money of(BigDecimal decimal) {
    if (decimal.scale() > DECIMALS) {
      throw new IllegalArgumentException("must have at most two decimals");
    }
    if (decimal.signum() == 0) {
      return ZERO;
    }
    if ((long) decimal.precision() - decimal.scale() > MAX_INTEGER_DIGITS) {
      throw new IllegalArgumentException("must not be beyond 9999999999999.99");
    }
    return new Money(
        decimal.setScale(DECIMALS, RoundingMode.UNNECESSARY).unscaledValue().longValueExact());
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(cents, other.cents));
  }

  public Money minus(Money other) {
    return new Money(Math.subtractExact(cents, other.cents));
  }

  public Money negated() {
    return new Money(-cents);
  }

  public boolean isZero() {
    return cents == 0;
  }

  public boolean isNegative() {
    return cents < 0;
  }

  public boolean isMoreThan(Money other) {
    return cents > other.cents;
  }

  /** With scale 2, as the database stores it. */
  public BigDecimal toBigDecimal() {
    return BigDecimal.valueOf(cents, DECIMALS);
  }

  /** {@code 10000.00}: with both decimals, as events write it. */
  @Override
  public String toString() {
    return append(new StringBuilder(18), true);
  }

  /** {@code 10000} or {@code 10100.50}: decimals only where there are cents, as HTTP shows it. */
  public String toShortString() {
    return append(new StringBuilder(18), cents % 100 != 0);
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(cents, other.cents);
  }

  private String append(StringBuilder out, boolean withDecimals) {
    if (cents < 0) {
      out.append('-');
    }
    var absolute = Math.abs(cents);
    out.append(absolute / 100);
    if (withDecimals) {
      var rest = absolute % 100;
      out.append('.').append((char) ('0' + rest / 10)).append((char) ('0' + rest % 10));
    }
    return out.toString();
  }
}
