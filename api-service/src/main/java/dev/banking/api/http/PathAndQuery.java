package dev.banking.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/**
 * The typed reads of ids and parameters. Nothing is coerced: {@code +1}, {@code 0x10} are errors.
 */
public final class PathAndQuery {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

  private PathAndQuery() {}

  /**
   * A user id.
   *
   * @throws ApiException when it is not {@code [1-9][0-9]{0,18}} or beyond 2^63-1
   */
  public static long userId(String text) {
    return wholeNumber("userId", text, 1, Long.MAX_VALUE);
  }

  /**
   * An optional parameter that is a whole number.
   *
   * @throws ApiException when it is there twice, no such number, or above {@code max}
   */
  public static long parameter(
      HttpServletRequest request, String name, long whenMissing, long max) {
    var values = request.getParameterValues(name);
    if (values == null) {
      return whenMissing;
    }
    if (values.length > 1) {
      throw new ApiException(ApiError.invalid(name, "must be given once"));
    }
    return wholeNumber(name, values[0], 1, max);
  }

  /** Also of a header. */
  static long wholeNumber(String name, String text, long min, long max) {
    if (WHOLE_NUMBER.matcher(text).matches()) {
      try {
        var value = Long.parseLong(text);
        if (min <= value && value <= max) {
          return value;
        }
      } catch (NumberFormatException _) {
        // 19 digits beyond 2^63-1: the same answer
      }
    }
    throw new ApiException(
        ApiError.invalid(name, "must be a whole number from " + min + " to " + max));
  }
}
