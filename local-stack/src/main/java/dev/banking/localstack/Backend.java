package dev.banking.localstack;

/**
 * One real server process that can be taken away and brought back, on the same port and with the
 * same data. Every method returns when the deed is done, and may be repeated.
 */
public interface Backend {

  /** A word for people: {@code postgres}, {@code redis}, {@code rabbitmq}. */
  String name();

  /** On 127.0.0.1; never changes. */
  int port();

  /**
   * Starts the server and waits until it answers.
   *
   * @throws BackendException when it cannot be started: why, and what the server said
   */
  void start();

  /** Lets the server shut down in its own time, bounded. */
  void stop();

  /** Ends the server's processes with SIGKILL, as a crash would. */
  void kill();

  /** Whether the process, or the container, is alive. */
  boolean isRunning();

  /** The process id of the running server; -1 if it does not run, or runs in a container. */
  long pid();
}
