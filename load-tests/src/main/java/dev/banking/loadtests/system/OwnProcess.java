package dev.banking.loadtests.system;

import dev.banking.loadtests.LoadTestException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that we start beside the system; it ends when we do, also when we are killed. */
public final class OwnProcess implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(40);

  /** Standard input closes when we are gone. The command replaces the shell and keeps its id. */
  private static final String SUPERVISE =
      """
      exec 3<&0
      (cat <&3 >/dev/null 2>&1; kill "$$" 2>/dev/null) >/dev/null 2>&1 &
      exec "$@" </dev/null 3<&-
      """;

  private final String name;
  private final Process process;

  private OwnProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param environment all of it
   * @param log gets what it prints, after what is there
   */
  public static OwnProcess start(
      String name, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    var line = new ArrayList<>(List.of("sh", "-c", SUPERVISE, name));
    line.addAll(command);
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new OwnProcess(name, builder.start());
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  public ProcessTree tree() {
    return new ProcessTree(process.toHandle());
  }

  /** Asks it to end, and kills it when it does not. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.destroy();
      if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new LoadTestException("cannot end " + name, e);
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
