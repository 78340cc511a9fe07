package dev.banking.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private final Rounds rounds = new Rounds();

  @Test
  void eachFigureHasItsOwnMedian() {
    for (var round = 1; round <= 3; round++) {
      rounds.add(
          "put",
          new Sample()
              .with(Figure.REQUESTS_PER_SECOND, 100 * round)
              .with(Figure.P99_MILLIS, 10.0 / round));
    }

    assertThat(rounds.median("put", Figure.REQUESTS_PER_SECOND)).isEqualTo(200);
    assertThat(rounds.median("put", Figure.P99_MILLIS)).isEqualTo(5);
    assertThat(rounds.median("get", Figure.P99_MILLIS)).isNaN();
  }

  @Test
  void theTableShowsWhatWasNotMeasuredAsADash() {
    rounds.add("put", new Sample().with(Figure.REQUESTS_PER_SECOND, 12_345));

    assertThat(rounds.table(List.of(Figure.REQUESTS_PER_SECOND, Figure.WAL_BYTES)).toString())
        .isEqualTo(
            """
            | what | rounds | requests/s | WAL bytes |
            |------|-------:|-----------:|----------:|
            | put  |      1 |     12,345 |         - |
            """);
  }
}
