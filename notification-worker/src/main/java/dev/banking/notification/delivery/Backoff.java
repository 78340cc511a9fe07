package dev.banking.notification.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after a failure: doubled each time, never beyond the longest, and between half
 * and all of that by chance, so that what failed together is not tried together.
 *
 * @param initial the wait after the first failure, before chance
 * @param longest no wait is longer
 * @param chance from 0 to below 1
 */
record Backoff(Duration initial, Duration longest, DoubleSupplier chance) {

  static Backoff of(DeliveryProperties properties) {
    return new Backoff(
        properties.retryInitial(),
        properties.retryMax(),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * @param failures how often it has failed, 1 or more
   */
  Duration after(int failures) {
    // A shift beyond 40 would overflow long before it could matter.
    var doubled = (double) initial.toMillis() * Math.pow(2, Math.min(failures - 1, 40));
    var capped = Math.min(doubled, (double) longest.toMillis());
    return Duration.ofMillis(Math.round(capped * (0.5 + chance.getAsDouble() / 2)));
  }
}
