package dev.banking.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** The one place that maps exceptions to HTTP. */
@RestControllerAdvice
class ErrorHandler {

  private static final Logger log = LoggerFactory.getLogger(ErrorHandler.class);

  @ExceptionHandler(ApiException.class)
  void apiError(ApiException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ErrorReply.send(request, response, e.error());
  }

  /** An empty body: everything else about bodies is told by an {@link ApiException}. */
  @ExceptionHandler(HttpMessageNotReadableException.class)
  void noBody(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ErrorReply.send(
        request,
        response,
        ApiError.of(ErrorType.INVALID_REQUEST, "The body must be a JSON object"));
  }

  /** Found out when the first parameter is read. */
  @ExceptionHandler(InvalidParameterException.class)
  void malformedQuery(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ErrorReply.send(
        request,
        response,
        ApiError.of(ErrorType.INVALID_REQUEST, "The query must be valid URL encoding of UTF-8"));
  }

  /** The client has gone; there is nobody to tell. */
  @ExceptionHandler(AsyncRequestNotUsableException.class)
  void clientGone(AsyncRequestNotUsableException e) {
    log.debug("The client has gone", e);
  }

  /** What Spring itself refuses knows its status, and for 405 its {@code Allow}. */
  @ExceptionHandler(Exception.class)
  void other(Exception e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      known
          .getHeaders()
          .forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
      ErrorReply.send(request, response, ApiError.ofStatus(known.getStatusCode().value()));
      return;
    }
    log.error("{} {} failed", request.getMethod(), RequestContext.of(request).requestId(), e);
    ErrorReply.send(request, response, ApiError.of(ErrorType.INTERNAL_ERROR));
  }
}
