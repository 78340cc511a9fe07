package dev.banking.audit.command;

import org.jspecify.annotations.Nullable;

/** A command cannot go on. The message is for the person who gave it: why, and what to do. */
public final class CommandFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CommandFailedException(String message) {
    super(message);
  }

  public CommandFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
