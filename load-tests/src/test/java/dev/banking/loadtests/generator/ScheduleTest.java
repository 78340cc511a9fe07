package dev.banking.loadtests.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void requestsAreEvenlySpacedFromTheFirstMomentOn() {
    var schedule = Schedule.of(4, Duration.ofSeconds(2));

    assertThat(schedule.total()).isEqualTo(8);
    assertThat(schedule.dueNanos(0)).isZero();
    assertThat(schedule.dueNanos(1)).isEqualTo(250_000_000);
    assertThat(schedule.dueNanos(7)).isEqualTo(1_750_000_000);
  }

  @Test
  void whatIsDueIsCountedByTheClockAndNotByWhatWasSent() {
    var schedule = Schedule.of(4, Duration.ofSeconds(2));

    assertThat(schedule.dueBy(-1)).isZero();
    assertThat(schedule.dueBy(0)).isEqualTo(1);
    assertThat(schedule.dueBy(249_999_999)).isEqualTo(1);
    assertThat(schedule.dueBy(250_000_000)).isEqualTo(2);
    assertThat(schedule.dueBy(Duration.ofMinutes(1).toNanos())).isEqualTo(8);
  }

  @Test
  void doesNotDriftOverAnHour() {
    var schedule = Schedule.of(3_333, Duration.ofHours(1));

    assertThat(schedule.total()).isEqualTo(3_333 * 3_600);
    assertThat(schedule.dueNanos(3_333L * 3_600)).isEqualTo(Duration.ofHours(1).toNanos());
  }
}
