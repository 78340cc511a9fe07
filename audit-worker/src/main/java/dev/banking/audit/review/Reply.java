package dev.banking.audit.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of every success.
 *
 * @param success always true; errors have a shape of their own
 * @param <T> what was asked for
 */
record Reply<T>(
    boolean success, T data, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Next page) {

  static <T> Reply<T> of(T data) {
    return new Reply<>(true, data, null);
  }

  static <T> Reply<T> page(T data, @Nullable Long next) {
    return new Reply<>(true, data, new Next(next));
  }

  /**
   * Where the next page begins.
   *
   * @param next the value of {@code cursor} for it; null at the end
   */
  record Next(@Nullable Long next) {}
}
