package dev.banking.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboxPropertiesTest {

  private static final Duration GATHER = Duration.ofMillis(50);
  private static final Duration STEP = Duration.ofMillis(100);

  /** Batches of 2; yields twice a batch's time; an event is late after 3 s. */
  private final OutboxProperties properties = OutboxRelayTest.properties(GATHER);

  @Test
  void eventsGatherAfterABatchWithRoomLeft() {
    var quick = Duration.ofMillis(1);

    assertThat(properties.restAfter(1, Duration.ZERO, quick, true)).isEqualTo(GATHER);
    assertThat(properties.restAfter(1, Duration.ofSeconds(9), STEP, true)).isEqualTo(GATHER);
  }

  @Test
  void nobodyIsYieldedToWhileNothingNewComes() {
    assertThat(properties.restAfter(1, Duration.ZERO, STEP, false)).isEqualTo(GATHER);
    assertThat(properties.restAfter(2, Duration.ZERO, STEP, false)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"-100, 200", "-900, 200", "650, 150", "1400, 100", "2600, 20", "2900, 0", "60000, 0"})
  void theRestIsTheShorterTheOlderTheEventsAre(long oldestMillis, long restMillis) {
    assertThat(properties.restAfter(2, Duration.ofMillis(oldestMillis), STEP, true))
        .isEqualTo(Duration.ofMillis(restMillis));
  }

  @Test
  void aLargeBatchYieldsAlsoWhenItHadRoomLeft() {
    assertThat(properties.restAfter(1, Duration.ofMillis(-100), STEP, true))
        .isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void noRestLastsUntilEventsAreLate() {
    var slow = Duration.ofMillis(1_600);

    assertThat(properties.restAfter(2, Duration.ZERO, slow, true))
        .isEqualTo(Duration.ofMillis(1_400));
  }
}
