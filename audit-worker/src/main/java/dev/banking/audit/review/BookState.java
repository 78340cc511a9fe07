package dev.banking.audit.review;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the book stands.
 *
 * @param position of the last entry
 * @param hash of the last entry, in hexadecimal
 * @param recordedAt when it was written down
 * @param unsigned entries after the last checkpoint
 * @param waiting events in the outbox; null when that cannot be read
 * @param oldestWaiting since when the oldest of them waits
 */
public record BookState(
    long position,
    String hash,
    Instant recordedAt,
    @Nullable LastCheckpoint checkpoint,
    long unsigned,
    @Nullable LastVerification verification,
    @Nullable Long waiting,
    @Nullable Instant oldestWaiting) {

  /** The newest signed head. */
  public record LastCheckpoint(
      long number, long position, Instant createdAt, String hash, String root, String keyId) {}

  /**
   * The newest verification that ran to its end.
   *
   * @param ledgerEntries null when the ledger was not compared
   * @param isSound whether nothing was found
   * @param detail the first findings
   */
  public record LastVerification(
      Instant startedAt,
      Instant finishedAt,
      String source,
      String actor,
      long entries,
      long position,
      long checkpoints,
      @Nullable Long ledgerEntries,
      long findings,
      boolean isSound,
      String detail) {

    /** How long it took. */
    public Duration took() {
      return Duration.between(startedAt, finishedAt);
    }
  }
}
