package dev.banking.api.cache;

import org.jspecify.annotations.Nullable;

/**
 * What the cache knows of an account.
 *
 * @param account null: none that may be shown
 * @param oldestToShow the sequence below which no other copy may be shown either; {@link
 *     Long#MAX_VALUE}: nothing is known, and only the primary will do
 */
public record CacheAnswer(@Nullable CachedAccount account, long oldestToShow) {

  /** Redis was not asked, is slow or away. */
  public static final CacheAnswer UNKNOWN = new CacheAnswer(null, Long.MAX_VALUE);
}
