package dev.banking.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of every success.
 *
 * @param success always true; errors have a shape of their own
 * @param data what was asked for
 * @param page where the next page begins
 * @param message for a person
 * @param <T> what was asked for
 */
public record Reply<T>(
    boolean success,
    T data,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Page page,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String message) {

  /** The data alone. */
  public static <T> Reply<T> of(T data) {
    return new Reply<>(true, data, null, null);
  }

  /** The data with a word about it. */
  public static <T> Reply<T> of(T data, String message) {
    return new Reply<>(true, data, null, message);
  }

  /** One page of the data. */
  public static <T> Reply<T> page(T data, @Nullable Long next) {
    return new Reply<>(true, data, new Page(next), null);
  }

  /**
   * Where the next page begins.
   *
   * @param next the value of {@code before} for it; null at the end
   */
  public record Page(@Nullable Long next) {}
}
