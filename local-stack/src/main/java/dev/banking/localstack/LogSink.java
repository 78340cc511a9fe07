package dev.banking.localstack;

/** Takes what the processes print, a line at a time, from several threads. */
@FunctionalInterface
public interface LogSink {

  /**
   * One line of one process.
   *
   * @param source the process, as in {@link Backend#name()}
   * @param line without its end
   */
  void line(String source, String line);
}
