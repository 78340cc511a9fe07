package dev.banking.audit.book;

/** What became of an event that was to be written down. */
public enum Verdict {
  /** It is in the book now. */
  APPENDED,
  /** It was in the book already: delivered again. */
  DUPLICATE,
  /** The book has another event under the same id. One of the two is not what it claims to be. */
  CONFLICT
}
