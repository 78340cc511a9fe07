package dev.banking.localstack.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.banking.localstack.BackendException;
import dev.banking.localstack.balancer.Instance;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {

  private static Scale of(Map<String, String> environment) {
    return Scale.of(environment, new PortNumbers(environment));
  }

  @Test
  void oneInstanceHasThePortsOfTheApi() {
    var one = of(Map.of("PORT", "8080", "MANAGEMENT_SERVER_PORT", "8081", "SCALE", " "));
    assertThat(one.isBalanced()).isFalse();
    assertThat(one.instances()).containsExactly(new Instance(1, 8080, 8081));
  }

  @Test
  void severalLeaveThePortOfTheApiToTheBalancer() {
    var scale = of(Map.of("SCALE", "3", "INSTANCE_PORT", "4001"));
    assertThat(scale.isBalanced()).isTrue();
    assertThat(scale.instances())
        .containsExactly(
            new Instance(1, 4001, 9000), new Instance(2, 4002, 9102), new Instance(3, 4003, 9103));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "-1", "two", "1.5", "02"})
  void refusesWhatIsNoNumberOfInstances(String number) {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> of(Map.of("SCALE", number)))
        .withMessage("SCALE=" + number + " is no number of instances: it must be 1 to 6");
  }

  @ParameterizedTest
  @CsvSource({
    "2999, INSTANCE_PORT=…",
    "65535, INSTANCE_PORT=65535 is no first port of 3",
    "9100, too close",
    "http, INSTANCE_PORT=http is no first port of 3"
  })
  void refusesPortsThatCannotBe(String first, String said) {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> of(Map.of("SCALE", "3", "INSTANCE_PORT", first)))
        .withMessageContaining(said);
  }
}
