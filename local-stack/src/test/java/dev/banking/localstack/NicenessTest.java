package dev.banking.localstack;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NicenessTest {

  /** In proc(5)'s stat, counted from the state, which follows the name in parentheses. */
  private static final int NICE = 16;

  @TempDir private Path folder;

  @Test
  void aCommandLetsTheOthersGoFirstWhateverTheKernelGroups() throws IOException {
    var command =
        new Command("sleeper", List.of("sleep", "60"), Map.of(), folder, "TERM", Duration.ZERO);
    var process = LocalProcess.start(command.withNiceness(7), (_, _) -> {});
    try {
      var files = Path.of("/proc", Long.toString(process.pid()));
      await()
          .atMost(10, SECONDS)
          .untilAsserted(() -> assertThat(files.resolve("comm")).content().isEqualTo("sleep\n"));
      assertThat(niceOf(files)).isEqualTo("7");
      var group = files.resolve("autogroup");
      if (Files.exists(group) && !Files.readString(group).isBlank()) {
        assertThat(group).content().endsWith("nice 7\n");
      }
    } finally {
      process.kill();
    }
  }

  private static String niceOf(Path files) throws IOException {
    var stat = Files.readString(files.resolve("stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE];
  }
}
