package dev.banking.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendKindTest {

  @ParameterizedTest
  @CsvSource({"'', NATIVE", "native, NATIVE", "containers, CONTAINERS"})
  void doesAsItIsTold(String chosen, BackendKind kind) {
    assertThat(BackendKind.of(chosen, BackendKindTest::hasPrograms, () -> true)).isEqualTo(kind);
  }

  @Test
  void takesContainersWhereProgramsCannotBeHad() {
    assertThat(BackendKind.of("", BackendKindTest::hasNone, () -> true))
        .isEqualTo(BackendKind.CONTAINERS);
  }

  @Test
  void asksDockerOnlyWhenItMatters() {
    var kind =
        BackendKind.of(
            "",
            BackendKindTest::hasPrograms,
            () -> {
              throw new AssertionError("asked");
            });
    assertThat(kind).isEqualTo(BackendKind.NATIVE);
  }

  @ParameterizedTest
  @CsvSource({
    "'', RabbitMQ is missing., no Docker engine answers",
    "native, RabbitMQ is missing., RabbitMQ",
    "containers, BACKENDS=containers, no Docker engine answers",
    "docker, BACKENDS=docker, there are native and containers"
  })
  void saysWhyThereAreNone(String chosen, String why, String more) {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> BackendKind.of(chosen, BackendKindTest::hasNone, () -> false))
        .withMessageContaining(why)
        .withMessageContaining(more);
  }

  @Test
  void nativeDoesNotTurnIntoContainers() {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> BackendKind.of("native", BackendKindTest::hasNone, () -> true));
  }

  private static void hasPrograms() {}

  private static void hasNone() {
    throw new BackendException("RabbitMQ is missing.");
  }
}
