package dev.banking.localstack;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the three backends do alike: one process at a time, started until it answers. */
abstract class Server implements Backend {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final String name;
  private final int port;
  private final Launcher launcher;
  private volatile @Nullable Running process;
  private volatile boolean closed;

  Server(String name, int port, Launcher launcher) {
    this.name = name;
    this.port = port;
    this.launcher = launcher;
  }

  /** Whether it serves clients now. Never throws. */
  abstract boolean answers();

  /** Called each time the server has begun to answer. */
  void started() {}

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
    var starting = launcher.launch();
    process = starting;
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

  /** Ends it for good, with its data. */
  synchronized void discard() {
    closed = true;
    kill();
    launcher.discard();
  }

  @Override
  public synchronized void stop() {
    var current = process;
    if (current != null) {
      current.stop();
      launcher.ended();
    }
  }

  @Override
  public synchronized void kill() {
    var current = process;
    if (current != null) {
      current.kill();
      launcher.ended();
    }
  }
}
