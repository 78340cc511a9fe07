package dev.banking.notification.delivery;

import dev.banking.notification.store.Notification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each notification, without amounts: logs are read by many. */
final class LogChannel implements DeliveryChannel {

  private static final Logger log = LoggerFactory.getLogger(LogChannel.class);

  @Override
  public String name() {
    return "log";
  }

  @Override
  public boolean isImmediate() {
    return true;
  }

  @Override
  public void deliver(Notification notification) {
    LogFields.of(log.atInfo(), notification)
        .log(
            "Told user {} of change {} (event {})",
            notification.userId(),
            notification.sequence(),
            notification.eventId());
  }
}
