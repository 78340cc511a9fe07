package dev.banking.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The typed reads of ids and parameters. Nothing is coerced: {@code +1}, {@code 0x10} are errors.
 */
public final class PathAndQuery {

  private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,18}");

  private PathAndQuery() {}

  /**
   * A user id.
   *
   * @throws ApiException when it is not {@code [1-9][0-9]{0,18}} or beyond 2^63-1
   */
  public static long userId(String text) {
    return positive("userId", text);
  }

  /**
   * An optional parameter that is a whole number.
   *
   * @throws ApiException when it is there twice, no such number, or above {@code max}
   */
  public static long parameter(
      HttpServletRequest request, String name, long whenMissing, long max) {
    var values = values(request, name);
    if (values == null) {
      return whenMissing;
    }
    if (values.length > 1) {
      throw new ApiException(ApiError.invalid(name, "must be given once"));
    }
    var value = positive(name, values[0]);
    if (value > max) {
      throw new ApiException(ApiError.invalid(name, "must be at most " + max));
    }
    return value;
  }

  /** The server decodes the whole query at the first question, and cannot always. */
  private static String @Nullable [] values(HttpServletRequest request, String name) {
    try {
      return request.getParameterValues(name);
    } catch (IllegalStateException _) {
      throw new ApiException(
          ApiError.of(ErrorType.INVALID_REQUEST, "The query is not valid percent-encoded UTF-8"));
    }
  }

  private static long positive(String name, String text) {
    if (POSITIVE.matcher(text).matches()) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException _) {
        // 19 digits beyond 2^63-1: the same answer
      }
    }
    throw new ApiException(
        ApiError.invalid(name, "must be a whole number from 1 to 9223372036854775807"));
  }
}
