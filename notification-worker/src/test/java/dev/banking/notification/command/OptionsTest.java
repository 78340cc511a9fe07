package dev.banking.notification.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void readsFlagsAndValues() {
    var options = parse("--id", "a", "--all", "--id=b", "--limit=7");
    assertThat(options.all("--id")).containsExactly("a", "b");
    assertThat(options.last("--id")).hasValue("b");
    assertThat(options.has("--all")).isTrue();
    assertThat(options.number("--limit", 5, 1, 10)).isEqualTo(7);
    assertThat(parse().number("--limit", 5, 1, 10)).isEqualTo(5);
    assertThat(parse().has("--all")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--other", "--all=1", "all", "--idx", ""})
  void refusesWhatItDoesNotKnow(String word) {
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(() -> parse(word))
        .withMessage("unknown option " + word);
  }

  @Test
  void refusesAMissingValue() {
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(() -> parse("--id"))
        .withMessage("--id needs a value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "11", "-1", "x", "", "1e1", "99999999999"})
  void refusesWhatIsNoNumberWithinBounds(String number) {
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(() -> parse("--limit", number).number("--limit", 5, 1, 10))
        .withMessage("--limit must be a number from 1 to 10");
  }

  private static Options parse(String... words) {
    return Options.parse(List.of(words), Set.of("--all"), Set.of("--id", "--limit"));
  }
}
