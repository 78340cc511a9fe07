package dev.banking.localstack;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("dev.banking.localstack.SharedBackends#areNative")
class KilledJvmIT {

  @TempDir private Path folder;

  @Test
  void noBackendOutlivesAJvmThatWasKilled() throws IOException {
    var jvm = jvm();
    try {
      awaitLine(jvm, "started");
      assertThat(Leftovers.of(folder)).hasSizeGreaterThan(6);
    } finally {
      jvm.destroyForcibly();
    }
    await().atMost(45, SECONDS).until(() -> Leftovers.of(folder).isEmpty());
  }

  private Process jvm() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    return new ProcessBuilder(java, "-cp", classPath, Main.class.getName(), folder.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static void awaitLine(Process jvm, String wanted) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals(wanted)) {
        return;
      }
    }
    throw new AssertionError("The JVM ended before it said: " + wanted);
  }

  /** What the other JVM runs. */
  static final class Main {

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
      var backends = new Backends(Path.of(arguments[0]), BackendPorts.free(), (_, _) -> {});
      backends.start();
      System.out.println("started");
      Thread.currentThread().join();
    }
  }
}
