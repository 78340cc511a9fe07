package dev.banking.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0.0, 2500",
    "1, 0.999999, 5000",
    "2, 0.0, 5000",
    "3, 0.5, 15000",
    "9, 0.0, 640000",
    "11, 0.0, 1800000",
    "1000000, 0.999999, 3599998"
  })
  void doublesUpToTheLongestWithChanceInItsUpperHalf(int failures, double chance, long expected) {
    var backoff = new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), () -> chance);

    assertThat(backoff.after(failures).toMillis()).isEqualTo(expected);
  }

  @Test
  void isNeverBeyondTheLongestWhateverTheSettings() {
    var backoff = new Backoff(Duration.ofHours(1), Duration.ofDays(1), () -> 0.999);

    for (var failures = 1; failures < 200; failures++) {
      assertThat(backoff.after(failures)).isBetween(Duration.ofMinutes(30), Duration.ofDays(1));
    }
  }
}
