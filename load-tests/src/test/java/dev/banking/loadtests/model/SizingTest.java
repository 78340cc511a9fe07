package dev.banking.loadtests.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SizingTest {

  private static final Sizing SIZING = new Sizing(0.12, 0.16, 1 << 20, 0.5, 20_000, 10_000, 1e5);

  /** By hand: 10,000 changes take 1.2 processors of the API and 1.6 of PostgreSQL each second. */
  @Test
  void countsWhatALoadNeeds() {
    assertThat(SIZING.apis(10_000)).isEqualTo(1);
    assertThat(SIZING.databases(10_000)).isEqualTo(1);
    assertThat(SIZING.partitions(10_000)).isEqualTo(1);
    assertThat(SIZING.chains(10_000)).isEqualTo(2);
    assertThat(SIZING.caches(10_000)).isEqualTo(1);
    assertThat(SIZING.walMebibytes(10_000)).isCloseTo(10_000, within(1e-9));
  }

  @Test
  void countsInWholeParts() {
    assertThat(SIZING.apis(100_000)).as("12 of 4 × 0.5").isEqualTo(6);
    assertThat(SIZING.apis(100_001)).isEqualTo(7);
    assertThat(SIZING.databases(100_000)).as("16 of 16 × 0.5").isEqualTo(2);
    assertThat(SIZING.partitions(100_000)).isEqualTo(10);
    assertThat(SIZING.chains(1_000_000)).isEqualTo(200);
  }
}
