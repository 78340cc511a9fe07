package dev.banking.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class LineChartTest {

  private static final LineChart CHART =
      new LineChart(
          "Changes < \"all\" & more",
          new LineChart.Axis("connections", true),
          new LineChart.Axis("per second", false),
          List.of(
              new LineChart.Line(
                  "ours", List.of(new LineChart.Point(1, 500), new LineChart.Point(1_000, 9_000))),
              new LineChart.Line(
                  "close to ours",
                  List.of(new LineChart.Point(1, 400), new LineChart.Point(1_000, 8_990)))),
          List.of(new LineChart.Mark("knee", 100)));

  @Test
  void isWellFormedWhateverTheTextsAre() throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(CHART.svg())));

    assertThat(document.getDocumentElement().getAttribute("aria-label"))
        .isEqualTo("Changes < \"all\" & more");
    assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(2);
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(4);
  }

  @Test
  void followsTheReadersColours() {
    assertThat(CHART.svg()).contains("@media (prefers-color-scheme: dark)");
  }

  @Test
  void aLogarithmicScaleGivesEveryDecadeTheSameRoom() {
    var scale = Scale.around(new double[] {1, 1_000}, true, 0, 300);

    assertThat(scale.at(1)).isZero();
    assertThat(scale.at(10)).isCloseTo(100, within(1e-6));
    assertThat(scale.at(1_000)).isCloseTo(300, within(1e-6));
    assertThat(scale.ticks()).contains(1.0, 10.0, 100.0, 1_000.0);
  }

  @Test
  void aLinearScaleBeginsAtZeroAndEndsAtARoundNumber() {
    var scale = Scale.around(new double[] {340, 8_700}, false, 400, 0);

    assertThat(scale.low()).isZero();
    assertThat(scale.high()).isEqualTo(10_000);
    assertThat(scale.ticks()).containsExactly(0.0, 2_000.0, 4_000.0, 6_000.0, 8_000.0, 10_000.0);
  }
}
