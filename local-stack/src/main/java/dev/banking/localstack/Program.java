package dev.banking.localstack;

import java.nio.file.Path;
import java.time.Duration;

/** A server as a program of this machine, with its data in a folder. */
abstract class Program implements Launcher {

  private static final Duration PREDECESSOR_LIMIT = Duration.ofSeconds(40);
  private static final Duration RUN_LIMIT = Duration.ofSeconds(60);

  private final String name;
  private final Path folder;
  private final int port;
  private final LogSink log;
  private final PidFile pidFile;

  /**
   * Makes no process yet.
   *
   * @param folder for the data; made by the caller
   */
  Program(String name, Path folder, int port, LogSink log) {
    this.name = name;
    this.folder = folder;
    this.port = port;
    this.log = log;
    this.pidFile = new PidFile(folder.resolve("server.pid"));
  }

  /** How to start it; called before every start, prepares the data folder when needed. */
  abstract Command command();

  String name() {
    return name;
  }

  Path folder() {
    return folder;
  }

  int port() {
    return port;
  }

  LogSink log() {
    return log;
  }

  @Override
  public Running launch() {
    awaitPredecessor();
    Ports.requireFree(name, port, "");
    var process = LocalProcess.start(command(), log);
    pidFile.write(process.pid());
    return process;
  }

  /**
   * Runs a command that ends by itself.
   *
   * @return what it said last
   * @throws BackendException when it fails, or takes too long: what it said last
   */
  String run(Command command) {
    var process = LocalProcess.start(command, log);
    if (!Waiting.until(RUN_LIMIT, () -> !process.isRunning())) {
      process.kill();
    }
    process.stop();
    if (process.onExit().join() != 0) {
      throw new BackendException(command.name() + " failed:\n" + process.lastLines());
    }
    return process.lastLines();
  }

  /** Whoever was to stop it was killed: it ends by itself, and needs its data until it has. */
  private void awaitPredecessor() {
    var predecessor = pidFile.read();
    predecessor.ifPresent(old -> {
      if (!Waiting.until(PREDECESSOR_LIMIT, () -> !LocalProcess.isAlive(old))) {
        throw new BackendException(
            "%s of an earlier run still runs as process %d: stop it.".formatted(name, old.pid()));
      }
    });
  }
}
