package dev.banking.notification.delivery;

/** A channel did not take a notification. The message is stored: no secrets, no amounts. */
public class DeliveryFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  public DeliveryFailedException(String message) {
    super(message);
  }

  public DeliveryFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
