package dev.banking.localstack;

/** Brings one server to life: as a program of this machine, or as a container. */
interface Launcher {

  /**
   * Starts the server with the data that it had; does not wait for it to be ready.
   *
   * @throws BackendException when it cannot be started at all
   */
  Running launch();

  /** Called each time the server has ended because we wanted it to. */
  default void ended() {}

  /** Called at last, after the end: nobody will read the data again. */
  default void discard() {}
}
