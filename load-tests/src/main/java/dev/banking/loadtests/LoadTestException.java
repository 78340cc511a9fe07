package dev.banking.loadtests;

/**
 * The load test cannot go on. The message is for the person who started it: why, and what to do.
 */
final class LoadTestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LoadTestException(String message) {
    super(message);
  }

  LoadTestException(String message, Throwable cause) {
    super(message, cause);
  }
}
