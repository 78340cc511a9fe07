package dev.banking.notification.inbox;

/** What came of recording a part of a batch in one transaction. */
sealed interface RecordOutcome {

  /** Committed; so many of them were new. */
  record Committed(int fresh) implements RecordOutcome {}

  /** Rolled back, because of what at least one of them says. */
  record Refused(String reason) implements RecordOutcome {}

  /** Not known to be committed, because the database could not be used: to be repeated as it is. */
  record Unavailable(RuntimeException cause) implements RecordOutcome {}
}
