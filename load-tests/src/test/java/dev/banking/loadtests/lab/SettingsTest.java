package dev.banking.loadtests.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banking.loadtests.LoadTestException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void withoutWordsEverythingIsMeasuredInFull() {
    var settings = Settings.of("ONLY=", "ROUNDS=", "SECONDS=", "QUICK=");

    assertThat(settings.parts()).containsExactlyInAnyOrder(Part.values());
    assertThat(settings.rounds()).isEqualTo(5);
    assertThat(settings.warmUp()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    assertThat(settings.isFull()).isTrue();
  }

  @Test
  void onlyChoosesParts() {
    var settings = Settings.of("ONLY=hot, ceiling", "ROUNDS=7", "SECONDS=3");

    assertThat(settings.parts()).containsExactlyInAnyOrder(Part.HOT, Part.CEILING);
    assertThat(settings.rounds()).isEqualTo(7);
    assertThat(settings.measured()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.isFull()).isFalse();
  }

  @Test
  void fewRoundsAreNoFullRun() {
    assertThat(Settings.of("ROUNDS=4").isFull()).isFalse();
    assertThat(Settings.of("QUICK=yes").isFull()).isFalse();
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> Settings.of("ONLY=fast"))
        .isInstanceOf(LoadTestException.class)
        .hasMessageContaining("neighbour");
    assertThatThrownBy(() -> Settings.of("ROUNDS=0")).hasMessageContaining("1 to 100");
    assertThatThrownBy(() -> Settings.of("SECONDS=ten")).hasMessageContaining("SECONDS=ten");
  }
}
