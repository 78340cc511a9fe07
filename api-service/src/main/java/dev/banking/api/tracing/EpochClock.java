package dev.banking.api.tracing;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Tells what time it was when {@link System#nanoTime} showed what it showed. */
final class EpochClock {

  private final long offset = epochNanos(Instant.now()) - System.nanoTime();

  long epochNanos(long nanoTime) {
    return nanoTime + offset;
  }

  static long epochNanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
