package dev.banking.loadtests.generator;

import java.time.Duration;

/**
 * When requests are due that arrive at a constant rate, whatever happens to the ones before.
 *
 * @param perSecond more than 0
 * @param total how many there are
 */
record Schedule(double perSecond, long total) {

  /** Everything that is due within the duration. */
  static Schedule of(double perSecond, Duration duration) {
    return new Schedule(perSecond, Math.round(perSecond * (double) duration.toMillis() / 1e3));
  }

  /** Of the request with this number, from 0 on: nanoseconds after the first one. */
  long dueNanos(long number) {
    return Math.round((double) number / perSecond * 1e9);
  }

  /** How many are due by then. */
  long dueBy(long nanos) {
    return nanos < 0 ? 0 : Math.min(total, (long) ((double) nanos / 1e9 * perSecond) + 1);
  }
}
