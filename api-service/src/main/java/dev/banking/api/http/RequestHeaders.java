package dev.banking.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The typed reads of the headers and parameters that controllers need. */
public final class RequestHeaders {

  private RequestHeaders() {}

  /**
   * The {@code Idempotency-Key}; null when there is none.
   *
   * @throws ApiException when it is malformed or sent twice
   */
  public static @Nullable String idempotencyKey(HttpServletRequest request) {
    var values = Collections.list(request.getHeaders("Idempotency-Key"));
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1 || !Token.isValid(values.getFirst())) {
      throw new ApiException(
          ApiError.invalid(
              "Idempotency-Key", "must be 1 to 128 characters of A-Z a-z 0-9 . _ : -"));
    }
    return values.getFirst();
  }

  /**
   * The states that the client accepts; null: any.
   *
   * @throws ApiException when the header is malformed
   */
  public static @Nullable IfMatch ifMatch(HttpServletRequest request) {
    try {
      return IfMatch.parse(Collections.list(request.getHeaders("If-Match")), false);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ApiError.invalid("If-Match", String.valueOf(e.getMessage())));
    }
  }

  /** Whether the client has this state already. A malformed header is ignored: it costs a body. */
  public static boolean alreadyHas(HttpServletRequest request, long sequence) {
    try {
      var ifNoneMatch = IfMatch.parse(Collections.list(request.getHeaders("If-None-Match")), true);
      return ifNoneMatch != null && ifNoneMatch.accepts(sequence);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /**
   * The oldest state that the client wants to see, by {@code If-Min-Sequence}; 0: any.
   *
   * @throws ApiException when it is malformed or sent twice
   */
  public static long minSequence(HttpServletRequest request) {
    var values = Collections.list(request.getHeaders("If-Min-Sequence"));
    if (values.isEmpty()) {
      return 0;
    }
    if (values.size() > 1) {
      throw new ApiException(ApiError.invalid("If-Min-Sequence", "must be given once"));
    }
    return PathAndQuery.wholeNumber("If-Min-Sequence", values.getFirst(), 0, Long.MAX_VALUE);
  }

  /** Whether the client wants the truth instead of the cache. */
  public static boolean pastTheCache(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders("Cache-Control"));
    return values.stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .map(directive -> directive.strip().toLowerCase(Locale.ROOT))
        .anyMatch(directive -> directive.equals("no-cache") || directive.equals("no-store"));
  }
}
