package dev.banking.localstack.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFilesTest {

  private static final List<String> OPTIONS = List.of("-Xmx1m", "-XX:+UseSerialGC");

  @TempDir private Path target;

  private StartFiles files;

  @BeforeEach
  void build() throws IOException {
    files = new StartFiles(Files.writeString(target.resolve("app.jar"), "a jar"));
  }

  private void train() throws IOException {
    Files.createDirectories(files.folder());
    Files.writeString(files.cache(), "a cache");
    files.trained(OPTIONS);
  }

  @Test
  void startsFromThePlainJarUntilItIsTrained() throws IOException {
    assertThat(files.commandLine(OPTIONS))
        .containsExactly(
            "-Xmx1m", "-XX:+UseSerialGC", "-jar", target.resolve("app.jar").toString());
    train();
    assertThat(files.commandLine(OPTIONS))
        .containsExactly(
            "-Xmx1m",
            "-XX:+UseSerialGC",
            "-XX:AOTCache=" + target.resolve("start/start.aot"),
            "-jar",
            target.resolve("start/app.jar").toString());
  }

  @Test
  void theCacheFitsOneBuildAndOneSetOfOptions() throws IOException {
    train();
    assertThat(files.isTrained(List.of("-Xmx1m", "-XX:+UseG1GC"))).isFalse();
    Files.writeString(target.resolve("app.jar"), "another jar");
    assertThat(files.isTrained(OPTIONS)).isFalse();
  }

  @Test
  void aCacheThatIsGoneIsNotUsed() throws IOException {
    train();
    Files.delete(files.cache());
    assertThat(files.isTrained(OPTIONS)).isFalse();
  }
}
