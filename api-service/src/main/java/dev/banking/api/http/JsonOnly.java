package dev.banking.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses, before a handler runs, clients that would not understand its reply. */
final class JsonOnly implements HandlerInterceptor {

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getRequestURI().indexOf(';') >= 0) {
      throw new ApiException(
          ApiError.of(ErrorType.INVALID_REQUEST, "The path must not have parameters"));
    }
    if (!Accept.of(Collections.list(request.getHeaders("Accept"))).acceptsJson()) {
      throw new ApiException(ApiError.of(ErrorType.NOT_ACCEPTABLE));
    }
    return true;
  }
}
