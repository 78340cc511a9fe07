package dev.banking.loadtests.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StartsTest {

  @Test
  void fullSpeedIsThatOfTheLastSeconds() {
    var slices =
        Stream.concat(
                Stream.of(100.0, 5_000.0, 8_900.0, 9_100.0),
                Collections.nCopies(10, 10_000.0).stream())
            .toList();

    assertThat(Starts.secondsToFull(slices)).isEqualTo(3);
  }
}
