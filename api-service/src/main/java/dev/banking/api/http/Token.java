package dev.banking.api.http;

import org.jspecify.annotations.Nullable;

/** The alphabet of request ids and idempotency keys: 1 to 128 of {@code [A-Za-z0-9._:-]}. */
final class Token {

  private static final int MAX_LENGTH = 128;

  private Token() {}

  static boolean isValid(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > MAX_LENGTH) {
      return false;
    }
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && c != '.' && c != '_' && c != ':' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
