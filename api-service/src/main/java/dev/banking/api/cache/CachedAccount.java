package dev.banking.api.cache;

import dev.banking.common.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a reader sees of an account.
 *
 * @param userId whose
 * @param balance after the change {@code sequence}
 * @param sequence the last applied change
 * @param createdAt in whole microseconds
 * @param updatedAt in whole microseconds
 */
public record CachedAccount(
    long userId, Money balance, long sequence, Instant createdAt, Instant updatedAt) {

  /** One line: a format of our own, because it is written on every change. */
  String encode() {
    return "1 "
        + sequence
        + ' '
        + balance.cents()
        + ' '
        + micros(createdAt)
        + ' '
        + micros(updatedAt);
  }

  /** Reads what {@link #encode} wrote; null when another version wrote it. */
  static @Nullable CachedAccount decode(long userId, String line) {
    var fields = line.split(" ", -1);
    if (fields.length != 5 || !fields[0].equals("1")) {
      return null;
    }
    try {
      return new CachedAccount(
          userId,
          new Money(Long.parseLong(fields[2])),
          Long.parseLong(fields[1]),
          instant(Long.parseLong(fields[3])),
          instant(Long.parseLong(fields[4])));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
