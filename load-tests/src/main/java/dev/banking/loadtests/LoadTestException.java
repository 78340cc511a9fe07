package dev.banking.loadtests;

/**
 * The load test cannot go on. The message is for the person who started it: why, and what to do.
 */
public final class LoadTestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LoadTestException(String message) {
    super(message);
  }

  public LoadTestException(String message, Throwable cause) {
    super(message, cause);
  }
}
