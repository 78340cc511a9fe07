package dev.banking.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"7\"|7",
        "\"0\"|0",
        "  \"7\" , \"8\"  |7,8",
        "\"7\",\"some-tag\",\"8\"|7,8",
        "\"07\",\"7x\",\"-7\",\"\",\"1234567890123456789\"|",
        "W/\"7\",\"8\"|8",
      })
  void acceptsTheStatesThatAreNamed(String header, @Nullable String sequences) {
    var ifMatch = IfMatch.parse(List.of(header), false);
    assertThat(ifMatch).isEqualTo(new IfMatch(false, sequencesOf(sequences)));
  }

  private static Set<Long> sequencesOf(@Nullable String list) {
    return list == null
        ? Set.of()
        : Set.copyOf(List.of(list.split(",", -1)).stream().map(Long::valueOf).toList());
  }

  @Test
  void acceptsWeakTagsWhereTheyCount() {
    assertThat(IfMatch.parse(List.of("W/\"7\""), true)).isEqualTo(new IfMatch(false, Set.of(7L)));
  }

  @Test
  void readsSeveralHeadersAsOne() {
    assertThat(IfMatch.parse(List.of("\"7\"", "\"8\""), false))
        .isEqualTo(new IfMatch(false, Set.of(7L, 8L)));
  }

  @Test
  void judgesTheState() {
    assertThat(new IfMatch(false, Set.of(7L)).accepts(7)).isTrue();
    assertThat(new IfMatch(false, Set.of(7L)).accepts(8)).isFalse();
    assertThat(new IfMatch(true, Set.of()).accepts(8)).isTrue();
  }

  @Test
  void isAnyStateOrNone() {
    assertThat(IfMatch.parse(List.of(" * "), false)).isEqualTo(new IfMatch(true, Set.of()));
    assertThat(IfMatch.parse(List.of(), false)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "7", "\"7", "\"7\",", "\"7\" \"8\"", "*,\"7\"", "\"7\",x", ","})
  void refusesWhatIsNoListOfTags(String header) {
    assertThatIllegalArgumentException().isThrownBy(() -> IfMatch.parse(List.of(header), false));
  }
}
