package dev.banking.loadtests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {

  private final ProcessTree ours = new ProcessTree(ProcessHandle.current());

  @Test
  void aNameWithBlanksAndBracketsMovesNoField() {
    assertThat(ProcessTree.statFields("12 (a (b) c) S 1 12 12 0 -1 0 0 0 0 0 77 8 0 0 20"))
        .startsWith("S", "1")
        .element(11)
        .isEqualTo("77");
  }

  @Test
  void busyTimeIsCounted() {
    var before = ours.cpuMillis();
    var end = System.nanoTime() + 300_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }

    assertThat(ours.cpuMillis() - before).isGreaterThan(100);
  }

  @Test
  void memoryIsCountedInMebibytes() {
    assertThat(ours.residentMebibytes()).isBetween(20.0, 4_000.0);
    assertThat(ours.peakMebibytes()).isGreaterThan(20);
    assertThat(ours.ageSeconds()).isBetween(0.1, 3_600.0);
  }

  @Test
  void thePlainJarHasTheSameOptionsButNoCache() {
    var command =
        List.of("/jdk/bin/java", "-Xmx320m", "-XX:AOTCache=x.aot", "-jar", "/p/extracted/api.jar");

    assertThat(ApiProcess.plain(command, Path.of("/p/api-service.jar")))
        .containsExactly("/jdk/bin/java", "-Xmx320m", "-jar", "/p/api-service.jar");
  }
}
