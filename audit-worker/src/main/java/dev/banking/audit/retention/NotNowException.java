package dev.banking.audit.retention;

/** A month that is old enough is not dropped, for a reason that may pass. */
final class NotNowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotNowException(String reason) {
    super(reason);
  }

  NotNowException(String reason, NotNowException cause) {
    super(reason, cause);
  }
}
