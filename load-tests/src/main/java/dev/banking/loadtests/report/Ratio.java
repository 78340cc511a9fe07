package dev.banking.loadtests.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * One promise, and what was found.
 *
 * @param promise in words
 * @param isAtLeast whether the bar is a lower bound, or an upper one
 * @param found NaN: not measured
 * @param how the figures that it was made of
 */
public record Ratio(String promise, boolean isAtLeast, double bar, double found, String how) {

  private static final MathContext FOUR_DIGITS = new MathContext(4);

  /** Whether the bar was reached, missed, or not looked at. */
  public enum Verdict {
    REACHED("reached"),
    MISSED("MISSED"),
    NOT_MEASURED("not measured");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** The first must be at least so many times the second. */
  public static Ratio atLeast(String promise, double bar, double one, double other) {
    return new Ratio(promise, true, bar, one / other, how(one, other));
  }

  /** The first must be at most so many times the second. */
  public static Ratio atMost(String promise, double bar, double one, double other) {
    return new Ratio(promise, false, bar, one / other, how(one, other));
  }

  /** A figure that must not pass its bar. */
  public static Ratio limit(String promise, double bar, double found) {
    return new Ratio(promise, false, bar, found, "");
  }

  public Verdict verdict() {
    if (Double.isNaN(found)) {
      return Verdict.NOT_MEASURED;
    }
    return (isAtLeast ? found >= bar : found <= bar) ? Verdict.REACHED : Verdict.MISSED;
  }

  /** The bar, for people. */
  String barText() {
    return (isAtLeast ? "≥ " : "≤ ") + number(bar);
  }

  /** What was found, for people; with one digit more than could hide a miss. */
  String foundText() {
    return Double.isNaN(found) ? "-" : number(found);
  }

  private static String how(double one, double other) {
    return Double.isNaN(one) || Double.isNaN(other) ? "" : number(one) + " / " + number(other);
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return "never";
    }
    return Math.abs(value) >= 1_000
        ? String.format(Locale.ROOT, "%,.0f", value)
        : new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros().toPlainString();
  }
}
