package dev.banking.localstack;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the three backends do alike: one process at a time, started until it answers. */
abstract class Server implements Backend {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final String name;
  private final int port;
  private final LogSink log;
  private @Nullable LocalProcess process;

  Server(String name, int port, LogSink log) {
    this.name = name;
    this.port = port;
    this.log = log;
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
  public synchronized boolean isRunning() {
    return process != null && process.isRunning();
  }

  @Override
  public synchronized long pid() {
    return process != null && process.isRunning() ? process.pid() : -1;
  }

  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    var command = command();
    Ports.requireFree(name, port);
    var starting = LocalProcess.start(command, log);
    process = starting;
    if (!Waiting.until(START_LIMIT, () -> answers() || !starting.isRunning())
        || !starting.isRunning()) {
      var why = starting.isRunning() ? " does not answer" : " ended while it was starting";
      kill();
      throw new BackendException(name + why + ". It said last:\n" + starting.lastLines());
    }
    started();
  }

  @Override
  public synchronized void stop() {
    if (process != null) {
      process.stop();
      ended();
    }
  }

  @Override
  public synchronized void kill() {
    if (process != null) {
      process.kill();
      ended();
    }
  }
}
