package dev.banking.loadtests.arrivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.banking.loadtests.generator.Load;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

  @Test
  void theSearchGoesUpUntilItFailsAndThenBetween() {
    assertThat(Sustained.next(1_000, Double.POSITIVE_INFINITY)).isEqualTo(1_250);
    assertThat(Sustained.next(0, 1_000)).isEqualTo(800);
    assertThat(Sustained.next(1_000, 1_210)).isCloseTo(1_100, within(0.001));
  }

  @Test
  void theBestIsTheHighestThatHolds() {
    var tries = List.of(attempt(1_000, true), attempt(1_300, false), attempt(1_100, true));

    assertThat(Sustained.best(tries)).isEqualTo(tries.getLast());
    assertThat(Sustained.best(List.of(attempt(500, false)))).isNull();
  }

  @Test
  void theKneeIsTheLastRateBeforeTheP99BendsAway() {
    assertThat(OfferedRates.knee(List.of(at(100, 5), at(200, 8), at(300, 20), at(400, 90))))
        .isEqualTo(300);
  }

  @Test
  void aRateThatIsNotKeptUpWithIsBeyondTheKneeHoweverFastItsAnswersAre() {
    var slow = new OfferedRates.Point(300, new Load(2_000, 0, 0, 10, latency(6)));

    assertThat(OfferedRates.knee(List.of(at(100, 5), at(200, 8), slow, at(400, 9)))).isEqualTo(200);
  }

  private static Sustained.Try attempt(double perSecond, boolean holds) {
    return new Sustained.Try(perSecond, load(perSecond, 1), List.of(), 0, holds);
  }

  private static OfferedRates.Point at(double offered, double p99) {
    return new OfferedRates.Point(offered, load(offered, p99));
  }

  private static Load load(double perSecond, double p99) {
    return new Load((long) (perSecond * 10), 0, 0, 10, latency(p99));
  }

  private static Load.Latency latency(double p99) {
    return new Load.Latency(1, p99, p99, p99);
  }
}
