package dev.banking.common;

/** A message that is no event of ours and will not become one by trying again: poison. */
public class InvalidEventException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, without any of the message's own text
   */
  public InvalidEventException(String message) {
    super(message);
  }

  public InvalidEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
