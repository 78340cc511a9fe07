package dev.banking.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void isGoodWhenEverythingIsAsExpected() {
    var verdict = new Verdict().expect("entries", 5000, 5000L).expect("balance", "0", "0");

    assertThat(verdict.isGood()).isTrue();
    assertThat(verdict.toString()).contains("2 of 2 checks are good").doesNotContain("WRONG");
  }

  @Test
  void oneWrongFigureIsEnough() {
    var verdict = new Verdict().expect("entries", 5000, 4999L).expect("balance", "0", "0");

    assertThat(verdict.isGood()).isFalse();
    assertThat(verdict.toString())
        .containsPattern("entries +5000 +4999 +WRONG")
        .containsPattern("balance +0 +0 +ok")
        .contains("THE BOOKS DO NOT AGREE: 1 of 2");
  }

  @Test
  void nothingCheckedIsNotGood() {
    assertThat(new Verdict().isGood()).isFalse();
  }
}
