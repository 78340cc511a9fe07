package dev.banking.localstack;

/** A server that was launched; every method may be called again after its end. */
interface Running {

  /** The process id, or -1 for what is no process of this machine. */
  long pid();

  boolean isRunning();

  /** Asks it to end and waits; kills it when its grace period is over. */
  void stop();

  /** Ends it with SIGKILL and waits until it is gone. */
  void kill();

  /** What it printed last, for an error message. */
  String lastLines();
}
