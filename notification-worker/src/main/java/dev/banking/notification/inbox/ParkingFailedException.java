package dev.banking.notification.inbox;

import org.jspecify.annotations.Nullable;

/** The broker has not confirmed that poison is in the parking queue. */
final class ParkingFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  ParkingFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
