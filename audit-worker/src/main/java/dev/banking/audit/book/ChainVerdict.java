package dev.banking.audit.book;

/** What a check of the whole chain found. */
public sealed interface ChainVerdict {

  /**
   * Every entry is as it was written.
   *
   * @param entries how many there are
   * @param head the hash of the last one; the genesis hash in an empty book
   */
  record Sound(long entries, Hash head) implements ChainVerdict {}

  /**
   * The book was changed.
   *
   * @param position the first at which it shows
   * @param fault how it shows
   */
  record Broken(long position, Fault fault) implements ChainVerdict {}

  /** How a change shows. */
  enum Fault {
    /** No entry has this position, though a later one or the head says that it was written. */
    ENTRY_MISSING,
    /** The entry is not chained to the one before it. */
    LINK_BROKEN,
    /** The entry's hash is not that of its content. */
    CONTENT_DIFFERS,
    /** The entry is the last, or beyond it, and the head names another. */
    HEAD_DIFFERS
  }
}
