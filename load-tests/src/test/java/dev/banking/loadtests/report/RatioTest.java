package dev.banking.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatioTest {

  @Test
  void theBarItselfIsReached() {
    assertThat(Ratio.atLeast("a", 0.45, 45, 100).verdict()).isEqualTo(Ratio.Verdict.REACHED);
    assertThat(Ratio.atMost("a", 2.5, 5, 2).verdict()).isEqualTo(Ratio.Verdict.REACHED);
    assertThat(Ratio.limit("a", 10, 10).verdict()).isEqualTo(Ratio.Verdict.REACHED);
  }

  @Test
  void aHairBelowIsMissedAndShowsThatItIs() {
    var ratio = Ratio.atLeast("a", 0.45, 4_499, 10_000);

    assertThat(ratio.verdict()).isEqualTo(Ratio.Verdict.MISSED);
    assertThat(ratio.foundText()).isEqualTo("0.4499");
    assertThat(ratio.barText()).isEqualTo("≥ 0.45");
  }

  @Test
  void whatWasNotMeasuredIsNeitherReachedNorMissed() {
    assertThat(Ratio.atLeast("a", 1, Double.NaN, 5).verdict())
        .isEqualTo(Ratio.Verdict.NOT_MEASURED);
  }

  @Test
  void nothingAtAllIsMissed() {
    assertThat(Ratio.atLeast("a", 0.15, 0, 5_000).verdict()).isEqualTo(Ratio.Verdict.MISSED);
    assertThat(Ratio.limit("a", 60, Double.POSITIVE_INFINITY).verdict())
        .isEqualTo(Ratio.Verdict.MISSED);
  }

  @Test
  void theTableHidesNoMiss() {
    var verdicts =
        new Verdicts().add(Ratio.atLeast("good", 1, 2, 1)).add(Ratio.atLeast("bad", 1, 1, 2));

    assertThat(verdicts.count(Ratio.Verdict.MISSED)).isEqualTo(1);
    assertThat(verdicts.table().toString())
        .containsPattern("\\| good +\\| +≥ 1 \\| +2 \\| reached \\| 2 / 1 \\|")
        .containsPattern("\\| bad +\\| +≥ 1 \\| +0.5 \\| +MISSED \\| 1 / 2 \\|");
  }
}
