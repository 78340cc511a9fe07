package dev.banking.audit.http;

/** What was asked for is not in the book; 404. */
public final class NotThereException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Without a stack trace: it is no defect. */
  public NotThereException() {
    super("not there", null, false, false);
  }
}
