package dev.banking.api.replica;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

  private final Progress progress = new Progress();

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(progress.ageNanos(5)).isEqualTo(Long.MAX_VALUE);
    progress.primaryWasAt(0, 10);
    assertThat(progress.ageNanos(5)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void itIsCurrentAsOfTheNewestPlaceThatItHasPassed() {
    progress.primaryWasAt(0, 10);
    progress.primaryWasAt(100, 20);
    progress.primaryWasAt(200, 30);

    progress.replicaIsAt(9);
    assertThat(progress.ageNanos(300)).isEqualTo(Long.MAX_VALUE);
    progress.replicaIsAt(29);
    assertThat(progress.ageNanos(300)).isEqualTo(200);
    progress.replicaIsAt(30);
    assertThat(progress.ageNanos(300)).isEqualTo(100);
  }

  @Test
  void anIdlePrimaryDoesNotMakeItOld() {
    progress.primaryWasAt(0, 10);
    progress.replicaIsAt(10);
    progress.primaryWasAt(1_000, 10);
    progress.replicaIsAt(10);
    assertThat(progress.ageNanos(1_001)).isEqualTo(1);
  }

  @Test
  void whoDoesNotMoveGrowsOld() {
    progress.primaryWasAt(0, 10);
    progress.replicaIsAt(10);
    for (var time = 1; time <= 1_000; time++) {
      progress.primaryWasAt(time, 10 + time);
      progress.replicaIsAt(10);
    }
    assertThat(progress.ageNanos(1_000)).isEqualTo(1_000);
  }

  /** Its newest places are what counts when it catches up in one go. */
  @Test
  void manyPlacesAreForgottenFromTheOldestOn() {
    for (var time = 0; time < 1_000; time++) {
      progress.primaryWasAt(time, time);
    }
    progress.replicaIsAt(500);
    assertThat(progress.ageNanos(1_000)).isEqualTo(Long.MAX_VALUE);
    progress.replicaIsAt(999);
    assertThat(progress.ageNanos(1_000)).isEqualTo(1);
  }

  /** It has crashed, or a name stands for two servers. */
  @Test
  void whoWasFurtherBeforeIsNotTrusted() {
    progress.primaryWasAt(0, 10);
    progress.replicaIsAt(10);
    assertThat(progress.place()).isEqualTo(10);
    progress.replicaIsAt(9);
    assertThat(progress.ageNanos(1)).isEqualTo(Long.MAX_VALUE);
    progress.primaryWasAt(2, 10);
    progress.replicaIsAt(10);
    assertThat(progress.ageNanos(3)).isEqualTo(1);
  }

  @Test
  void whatIsLostIsNotCurrent() {
    progress.primaryWasAt(0, 10);
    progress.replicaIsAt(10);
    progress.lost();
    assertThat(progress.ageNanos(1)).isEqualTo(Long.MAX_VALUE);
    progress.replicaIsAt(10);
    assertThat(progress.ageNanos(1)).as("of an old place").isEqualTo(Long.MAX_VALUE);
  }
}
