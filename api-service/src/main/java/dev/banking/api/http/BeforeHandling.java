package dev.banking.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses, before a handler runs, what it could not answer or would not read. */
final class BeforeHandling implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getRequestURI().indexOf(';') >= 0) {
      throw new ApiException(
          ApiError.of(ErrorType.INVALID_REQUEST, "The path must not have parameters"));
    }
    if (request.getQueryString() != null) {
      // Also where no parameter is wanted: a query that cannot be read is refused everywhere.
      var _ = request.getParameterMap();
    }
    if (!Accept.of(Collections.list(request.getHeaders("Accept"))).acceptsJson()) {
      throw new ApiException(ApiError.of(ErrorType.NOT_ACCEPTABLE));
    }
    // Here rather than where the body is read: Spring reads its first byte before that, and would
    // wait for a client that sends none.
    if (request.getContentLengthLong() > StrictJsonReader.MAX_BYTES) {
      throw new ApiException(ApiError.of(ErrorType.PAYLOAD_TOO_LARGE));
    }
    return true;
  }
}
