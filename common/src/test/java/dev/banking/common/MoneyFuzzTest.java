package dev.banking.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.math.BigDecimal;

/** Whatever text comes: an amount that equals it, or a refusal, and quickly. */
class MoneyFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void readsExactlyOrRefuses(@NotNull String text) {
    Money money;
    try {
      money = Money.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("must ");
      return;
    }
    assertThat(money.toBigDecimal()).isEqualByComparingTo(new BigDecimal(text));
    assertThat(money.isMoreThan(Money.MAX)).isFalse();
    assertThat(money.negated().isMoreThan(Money.MAX)).isFalse();
    assertThat(Money.parse(money.toString())).isEqualTo(money);
    assertThat(Money.parse(money.toShortString())).isEqualTo(money);
  }
}
