package dev.banking.localstack;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the three backends do alike: one process at a time, started until it answers. */
abstract class Server implements Backend {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration PREDECESSOR_LIMIT = Duration.ofSeconds(40);

  private final String name;
  private final int port;
  private final LogSink log;
  private final PidFile pidFile;
  private volatile @Nullable LocalProcess process;
  private volatile boolean closed;

  Server(String name, Path folder, int port, LogSink log) {
    this.name = name;
    this.port = port;
    this.log = log;
    this.pidFile = new PidFile(folder.resolve("server.pid"));
  }

  /** How to start it; called before every start, prepares the data folder when needed. */
  abstract Command command();

  /** Whether it serves clients now. Never throws. */
  abstract boolean answers();

  /** Called each time the server has begun to answer. */
  void started() {}

  /** Called each time the process has ended because we wanted it to. */
  void ended() {}

  LogSink log() {
    return log;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public boolean isRunning() {
    var current = process;
    return current != null && current.isRunning();
  }

  @Override
  public long pid() {
    var current = process;
    return current != null && current.isRunning() ? current.pid() : -1;
  }

  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    if (closed) {
      throw new BackendException(name + " was closed and does not start again");
    }
    awaitPredecessor();
    Ports.requireFree(name, port, "");
    var starting = LocalProcess.start(command(), log);
    process = starting;
    pidFile.write(starting.pid());
    if (!Waiting.until(START_LIMIT, () -> answers() || !starting.isRunning())
        || !starting.isRunning()) {
      var why = starting.isRunning() ? " does not answer" : " ended while it was starting";
      kill();
      throw new BackendException(name + why + ". It said last:\n" + starting.lastLines());
    }
    started();
  }

  /** Stops it for good: a start that is waiting its turn is refused. */
  void close() {
    closed = true;
    stop();
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

  @Override
  public synchronized void stop() {
    var current = process;
    if (current != null) {
      current.stop();
      ended();
    }
  }

  @Override
  public synchronized void kill() {
    var current = process;
    if (current != null) {
      current.kill();
      ended();
    }
  }
}
