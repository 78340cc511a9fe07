package dev.banking.notification.delivery;

import dev.banking.notification.store.Notification;

/** A way to tell a user. Used by many threads at once. */
public interface DeliveryChannel {

  /** As in {@code NOTIFY_CHANNEL} and in the table. */
  String name();

  /**
   * Whether telling takes no longer than writing a log line and cannot fail. Then it happens in the
   * transaction that records the notification, and saves a second write for each.
   */
  boolean isImmediate();

  /**
   * Tells the user; returns when somebody has taken over the responsibility.
   *
   * @throws DeliveryFailedException when nobody has, or when it is not known; may be tried again
   * @throws InterruptedException when there is no more time
   */
  void deliver(Notification notification) throws DeliveryFailedException, InterruptedException;
}
