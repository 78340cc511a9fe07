package dev.banking.loadtests.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.banking.loadtests.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScalingModelTest {

  private static final Path PAGE = Path.of("../docs/scaling.md");

  /** What a model must be worth to be asked about what was not measured. */
  private static final double MOST_PERCENT = 25;

  @Test
  void thePageSaysWhatTheModelSaysNow() throws IOException {
    var measured = Measured.read();
    var text = ScalingModel.text(measured, Calibration.of(measured));
    var page = Files.readString(PAGE);

    assertThat(ScalingModel.inserted(page, text)).as("make scaling-model").isEqualTo(page);
  }

  @Test
  void comesCloseToEveryMeasuredRate() throws IOException {
    var measured = Measured.read();
    var comparison = new Comparison(measured, Calibration.of(measured));

    assertThat(comparison.predictions()).hasSizeGreaterThan(6);
    assertThat(comparison.worstPercent()).isLessThan(MOST_PERCENT);
  }

  @Test
  void replacesWhatIsBetweenTheMarks() {
    var page = "before\n" + ScalingModel.BEGIN + "old\n" + ScalingModel.END + "behind\n";
    var once = ScalingModel.inserted(page, "new");

    assertThat(once)
        .isEqualTo("before\n" + ScalingModel.BEGIN + "\nnew\n" + ScalingModel.END + "behind\n");
    assertThat(ScalingModel.inserted(once, "new")).isEqualTo(once);
    assertThatExceptionOfType(LoadTestException.class)
        .isThrownBy(() -> ScalingModel.inserted("a page", "new"));
  }
}
