package dev.banking.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.00, 0",
    "-0, 0.00, 0",
    "2, 2.00, 2",
    "-2, -2.00, -2",
    "0.1, 0.10, 0.10",
    "-0.05, -0.05, -0.05",
    "100.50, 100.50, 100.50",
    "1e3, 1000.00, 1000",
    "1.5e1, 15.00, 15",
    "9999999999999.99, 9999999999999.99, 9999999999999.99",
    "-9999999999999.99, -9999999999999.99, -9999999999999.99"
  })
  void writesWhatItRead(String read, String full, String brief) {
    assertThat(Money.parse(read)).hasToString(full);
    assertThat(Money.parse(read).toShortString()).isEqualTo(brief);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.001", "1.000", "1e-3", "0.0000000001", "1e-1000000000"})
  void refusesMoreThanTwoDecimals(String number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Money.parse(number))
        .withMessage("must have at most two decimals");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10000000000000", "-10000000000000", "1e13", "1e3000000", "1e1000000000"})
  void refusesAmountsBeyondTheLimitWithoutComputingThem(String number) {
    assertTimeout(
        Duration.ofMillis(500),
        () ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.parse(number))
                .withMessage("must not be beyond 9999999999999.99"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "abc", "1,5", "0x10", "NaN", "Infinity", "--1", "1e99999999999"})
  void refusesWhatIsNoNumber(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Money.parse(text))
        .withMessage("must be a decimal number");
  }

  @Test
  void countsAsBigDecimalDoes() {
    var seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    for (var i = 0; i < 100_000; i++) {
      var a = new Money(random.nextLong(-Money.MAX.cents(), Money.MAX.cents() + 1));
      var b = new Money(random.nextLong(-Money.MAX.cents(), Money.MAX.cents() + 1));
      var sum = a.toBigDecimal().add(b.toBigDecimal());
      assertThat(a.plus(b)).as("seed %d", seed).hasToString(sum.toPlainString());
      assertThat(a.minus(b.negated())).as("seed %d", seed).isEqualTo(a.plus(b));
      assertThat(Money.parse(a.toShortString())).as("seed %d", seed).isEqualTo(a);
      assertThat(Money.of(new BigDecimal(a.toString()))).as("seed %d", seed).isEqualTo(a);
      assertThat(a.compareTo(b)).isEqualTo(a.toBigDecimal().compareTo(b.toBigDecimal()));
      assertThat(a.isMoreThan(b)).isEqualTo(a.compareTo(b) > 0);
    }
  }

  @Test
  void holdsTheSumOfTwoLargestAmountsAndNoMore() {
    var twice = Money.MAX.plus(Money.MAX);
    assertThat(twice.minus(Money.MAX)).isEqualTo(Money.MAX);
    assertThatIllegalArgumentException().isThrownBy(() -> twice.plus(new Money(1)));
    var minusTwice = twice.negated();
    assertThatIllegalArgumentException().isThrownBy(() -> minusTwice.minus(new Money(1)));
  }

  @Test
  void knowsItsSign() {
    assertThat(Money.ZERO.isZero()).isTrue();
    assertThat(Money.ZERO.isNegative()).isFalse();
    assertThat(new Money(-1).isNegative()).isTrue();
    assertThat(new Money(1).isZero()).isFalse();
  }

  @Test
  void isNotMoreThanItself() {
    assertThat(Money.MAX.isMoreThan(Money.MAX)).isFalse();
    assertThat(Money.MAX.isMoreThan(Money.ZERO)).isTrue();
  }
}
