package dev.banking.localstack;

import org.jspecify.annotations.Nullable;

/** A backend cannot be had. The message says why and what to do, for a person to read. */
public final class BackendException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BackendException(String message) {
    super(message);
  }

  public BackendException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
