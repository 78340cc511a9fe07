package dev.banking.notification.store;

import java.time.Instant;

/** What came of one attempt to send. */
public sealed interface AttemptResult {

  /** The attempt that this is the result of. */
  Claimed claimed();

  /** The channel took it. */
  record Sent(Claimed claimed, Instant at) implements AttemptResult {}

  /** Not sent; to be tried again. */
  record Again(Claimed claimed, Instant at, String error) implements AttemptResult {}

  /** Not sent, and given up. */
  record GivenUp(Claimed claimed, String error) implements AttemptResult {}
}
