package dev.banking.loadtests.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.banking.loadtests.LoadTestException;
import java.io.IOException;
import java.io.StringReader;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  private static final String FIGURES =
      """
      processors = 2
      ceiling.per-second = 16000
      ceiling.api-cpu-ms = 0.09
      ceiling.postgres-cpu-ms = 0.01
      one-user.1.p50-ms = 2
      one-user.100.per-second =
      one-user.200.per-second = 9000
      one-user.200.transactions = 0.02
      one-user.200.api-cpu-ms = 0.11
      one-user.200.postgres-cpu-ms = 0.05
      lane.batch-cpu-ms = 1
      assumed.other-user-cpu-ms = 0.05
      """;

  private static Measured measured(String more) throws IOException {
    return new Measured(new StringReader(FIGURES + more));
  }

  @Test
  void takesItsParametersFromTheFigures() throws IOException {
    var costs = Calibration.of(measured("")).costs();

    assertThat(costs.http()).isCloseTo(0.125, within(1e-9));
    assertThat(costs.batch()).isEqualTo(1);
    assertThat(costs.change()).isCloseTo(0.16 - 0.1 - 1 * 0.02, within(1e-9));
    assertThat(costs.commit()).isCloseTo(2 - 0.125 - 1 - 0.04, within(1e-9));
    assertThat(costs.otherUser()).isEqualTo(0.05);
  }

  @Test
  void hitsWhatItWasSetBy() throws IOException {
    var calibration = Calibration.of(measured("users.200.per-second = 6000"));

    assertThat(calibration.oneUser(1).meanMillis()).isCloseTo(2, within(1e-6));
    assertThat(calibration.oneUser(200).perSecond()).isCloseTo(9_000, Percentage.withPercentage(1));
    assertThat(calibration.manyUsers(200).perSecond())
        .isCloseTo(6_000, Percentage.withPercentage(1));
    assertThat(calibration.setup().processors()).isBetween(1.0, 2.0);
  }

  @Test
  void saysWhichFigureItMisses() {
    assertThatExceptionOfType(LoadTestException.class)
        .isThrownBy(() -> Calibration.of(measured("one-user.200.transactions =")))
        .withMessageContaining("one-user.200.transactions");
    assertThatExceptionOfType(LoadTestException.class)
        .isThrownBy(() -> Calibration.of(measured("processors = two")))
        .withMessageContaining("processors=two is no number");
  }
}
