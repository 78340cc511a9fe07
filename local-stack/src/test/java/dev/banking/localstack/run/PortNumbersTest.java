package dev.banking.localstack.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.banking.localstack.BackendException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortNumbersTest {

  @Test
  void areTheUsualOnesUnlessTheEnvironmentMovesThem() {
    var ports = new PortNumbers(Map.of("PORT", "8080", "AUDIT_PORT", " ", "OTHER", "1"));
    assertThat(ports.of(Port.API)).isEqualTo(8080);
    assertThat(ports.of(Port.AUDIT)).isEqualTo(3002);
    assertThat(ports.all(port -> port > 0)).isTrue();
    assertThat(ports.all(port -> port > 8080)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "99999999999", "-1", "+1", "http", "0x10", "3000.0", "１"})
  void refuseWhatIsNoPort(String text) {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> new PortNumbers(Map.of("PORT", text)))
        .withMessage("PORT=" + text + " is no port: it must be 1 to 65535");
  }

  @Test
  void refuseOneNumberForTwo() {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> new PortNumbers(Map.of("AUDIT_PORT", "3000")))
        .withMessage("PORT and AUDIT_PORT are both 3000: choose different ports.");
  }
}
