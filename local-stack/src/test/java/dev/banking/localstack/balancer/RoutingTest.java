package dev.banking.localstack.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.banking.localstack.BackendException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {

  @Test
  void aUserHasAnInstanceUnlessSomethingElseIsAskedFor() {
    assertThat(Routing.of(Map.of())).isEqualTo(Routing.BY_USER);
    assertThat(Routing.of(Map.of("BALANCER_ALGORITHM", " "))).isEqualTo(Routing.BY_USER);
  }

  @ParameterizedTest
  @EnumSource
  void hasAWord(Routing routing) {
    assertThat(Routing.of(Map.of("BALANCER_ALGORITHM", routing.word()))).isEqualTo(routing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"leastconn", "HASH", "round robin", "hash)"})
  void refusesWhatIsNeither(String word) {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> Routing.of(Map.of("BALANCER_ALGORITHM", word)))
        .withMessage(
            "BALANCER_ALGORITHM="
                + word
                + " is no way to choose an instance: it must be hash or roundrobin");
  }
}
