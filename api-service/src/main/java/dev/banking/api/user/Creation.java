package dev.banking.api.user;

import dev.banking.api.cache.CachedAccount;

/** What became of the creation of a user. */
sealed interface Creation {

  /**
   * The user is there.
   *
   * @param account as it was created
   * @param replayed it was created by an earlier request with the same key
   */
  record Created(CachedAccount account, boolean replayed) implements Creation {}

  /** The key belongs to a creation with another balance. */
  record KeyReused() implements Creation {}
}
