package dev.banking.localstack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process of this machine that never outlives this JVM, not even when the JVM is killed: see
 * {@code supervise.sh}. It runs in a session of its own, so that a Ctrl-C in the terminal reaches
 * only us and we stop things in order.
 */
public final class LocalProcess implements Running {

  private static final String SUPERVISE = Resources.script("supervise.sh");
  private static final int KEPT_LINES = 40;
  private static final Duration DESCENDANTS_GRACE = Duration.ofSeconds(5);

  private final Command command;
  private final Process process;
  private final Thread reader;
  private final CompletableFuture<Optional<ProcessHandle>> watcher = new CompletableFuture<>();
  private final Deque<String> lastLines = new ArrayDeque<>();

  private LocalProcess(Command command, Process process, LogSink log) {
    this.command = command;
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name(command.name() + "-log").start(() -> read(log));
  }

  /**
   * Starts the command; does not wait for it to be ready.
   *
   * @throws BackendException when the program cannot be started at all
   */
  public static LocalProcess start(Command command, LogSink log) {
    var line = new ArrayList<>(List.of("setsid", "sh", "-c", SUPERVISE, command.name()));
    line.add(command.stopSignal());
    line.add(Long.toString(command.grace().toSeconds()));
    line.addAll(command.arguments());
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.directory(command.folder().toFile());
    command.environment().forEach((name, value) -> set(builder, name, value));
    try {
      return new LocalProcess(command, builder.start(), log);
    } catch (IOException e) {
      throw new BackendException("Cannot start " + command.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isRunning() {
    return process.isAlive();
  }

  /** As the handle says, but a zombie is dead: a lazy init collects orphans seconds later. */
  static boolean isAlive(ProcessHandle process) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return process.isAlive() && !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException _) {
      return false;
    }
  }

  /** Completes with the exit code when the process ends, for whatever reason. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Asks the process to end and waits; kills it when its grace period is over. */
  @Override
  public void stop() {
    end(
        () -> {
          try {
            process.getOutputStream().close();
          } catch (IOException _) {
            process.destroy();
          }
        },
        command.grace().plusSeconds(1));
  }

  /** Ends the process and all its descendants with SIGKILL and waits until they are gone. */
  @Override
  public void kill() {
    end(process::destroyForcibly, DESCENDANTS_GRACE);
  }

  /** What it printed last, for an error message. */
  @Override
  public String lastLines() {
    synchronized (lastLines) {
      return String.join("\n", lastLines);
    }
  }

  private void end(Runnable how, Duration limit) {
    var all = new ArrayList<>(process.descendants().toList());
    how.run();
    if (!exited(limit)) {
      process.destroyForcibly();
    }
    exited(DESCENDANTS_GRACE);
    all.forEach(ProcessHandle::destroyForcibly);
    watcher.join().ifPresent(all::add);
    Waiting.until(DESCENDANTS_GRACE, () -> all.stream().noneMatch(LocalProcess::isAlive));
  }

  private boolean exited(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
          && reader.join(DESCENDANTS_GRACE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void read(LogSink log) {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      watcher.complete(ProcessHandle.of(Long.parseLong(lines.readLine())));
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        keep(line);
        log.line(command.name(), line);
      }
    } catch (IOException | NumberFormatException _) {
      // The process is gone: there is nothing more to read.
    } finally {
      watcher.complete(Optional.empty());
    }
  }

  private void keep(String line) {
    synchronized (lastLines) {
      if (lastLines.size() == KEPT_LINES) {
        lastLines.removeFirst();
      }
      lastLines.addLast(line);
    }
  }

  private static void set(ProcessBuilder builder, String name, String value) {
    if (value.isEmpty()) {
      builder.environment().remove(name);
    } else {
      builder.environment().put(name, value);
    }
  }
}
