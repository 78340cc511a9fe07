package dev.banking.loadtests.history;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP request. A retry is an operation of its own, with a request id of its own.
 *
 * @param requestId unique; what the ledger remembers of it
 * @param cents the signed amount of a change, 0 for a read
 * @param key the Idempotency-Key, if any
 * @param startNanos before the request was sent, on one clock for the whole history
 * @param endNanos after the answer had arrived, on the same clock
 */
public record Operation(
    String requestId,
    long userId,
    Kind kind,
    long cents,
    @Nullable String key,
    long startNanos,
    long endNanos,
    Answer answer) {

  /** What was asked for. */
  public enum Kind {
    /** A change: a PUT, or the creation of a user with an opening balance. */
    CHANGE,
    READ
  }

  /** A change without a key. */
  public static Operation change(
      String requestId, long userId, long cents, long startNanos, long endNanos, Answer answer) {
    return keyed(requestId, userId, cents, null, startNanos, endNanos, answer);
  }

  /** A change that may carry a key. */
  public static Operation keyed(
      String requestId,
      long userId,
      long cents,
      @Nullable String key,
      long startNanos,
      long endNanos,
      Answer answer) {
    return new Operation(requestId, userId, Kind.CHANGE, cents, key, startNanos, endNanos, answer);
  }

  /** A GET of the user. */
  public static Operation read(
      String requestId, long userId, long startNanos, long endNanos, Answer answer) {
    return new Operation(requestId, userId, Kind.READ, 0, null, startNanos, endNanos, answer);
  }

  boolean isApplied() {
    return answer instanceof Answer.Applied;
  }

  boolean isDecided() {
    return answer instanceof Answer.Applied || answer instanceof Answer.Refused;
  }
}
