package dev.banking.notification.inbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Waits for infrastructure to come back, but not longer than the worker lives. */
@Component
class Patience {

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final InboxProperties properties;

  Patience(InboxProperties properties) {
    this.properties = properties;
  }

  /**
   * Waits, longer after each failure.
   *
   * @param failures in a row, 1 or more
   * @return false when the worker is being stopped: give the messages back
   */
  boolean waitAfter(int failures) {
    try {
      return !stopping.await(duration(failures).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Duration duration(int failures) {
    var doubled = properties.retryInitial().multipliedBy(1L << Math.min(failures - 1, 20));
    return doubled.compareTo(properties.retryMax()) < 0 ? doubled : properties.retryMax();
  }

  @EventListener(ContextClosedEvent.class)
  void stop() {
    stopping.countDown();
  }
}
