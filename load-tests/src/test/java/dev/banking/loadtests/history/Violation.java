package dev.banking.loadtests.history;

import java.util.List;

/**
 * Two things that cannot both be true.
 *
 * @param sequence where in the user's ledger, 0 if nowhere
 * @param operations those that contradict each other; the second is missing where nobody asked for
 *     a row, or where an operation contradicts the ledger alone
 */
public record Violation(
    Kind kind, long userId, long sequence, String what, List<Operation> operations) {

  /** The promise that was broken. */
  public enum Kind {
    /** A sequence is missing or there twice. */
    GAP,
    /** A balance is not the one before plus the amount. */
    LOST_UPDATE,
    /** It was acknowledged and is not in the ledger, or not as it was told. */
    LOST_ACKNOWLEDGEMENT,
    /** One command, more than one row. */
    DOUBLED_COMMAND,
    /** A row that nobody asked for, or with another amount. */
    UNASKED,
    /** It was said not to be applied, and it was. */
    LIED_NOT_APPLIED,
    /** It ended before the other began, and has the higher sequence. */
    REORDERED,
    /** No state that existed meanwhile justifies it. */
    UNJUSTIFIED_REFUSAL,
    /** A change had been acknowledged before the read began, and the read does not show it. */
    STALE_READ,
    /** What was shown was never true, or not yet. */
    PHANTOM_READ,
    /** Two answers to one key. */
    DIFFERING_REPLAY
  }

  public Violation {
    operations = List.copyOf(operations);
  }

  @Override
  public String toString() {
    return "%s: user %d, sequence %d: %s %s".formatted(kind, userId, sequence, what, operations);
  }
}
