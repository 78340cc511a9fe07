package dev.banking.audit.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** The one place that maps exceptions to HTTP. */
@ControllerAdvice
class ErrorHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorHandler.class);

  private final ErrorReply reply;

  ErrorHandler(ErrorReply reply) {
    this.reply = reply;
  }

  @ExceptionHandler(BadInputException.class)
  void badInput(BadInputException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    reply.send(request, response, ErrorBody.invalid(e.field(), e.problem(), RequestId.of(request)));
  }

  @ExceptionHandler(NotThereException.class)
  void notThere(HttpServletRequest request, HttpServletResponse response) throws IOException {
    reply.send(request, response, ErrorBody.of(404, RequestId.of(request)));
  }

  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  void databaseAway(RuntimeException e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    LOG.warn("The book could not be read: {}", e.toString());
    response.setHeader("Retry-After", "1");
    reply.send(request, response, ErrorBody.of(503, RequestId.of(request)));
  }

  /** The client has gone; there is nobody to tell. */
  @ExceptionHandler(AsyncRequestNotUsableException.class)
  void clientGone(AsyncRequestNotUsableException e) {
    LOG.debug("The client has gone", e);
  }

  /** What Spring itself refuses knows its status, and for 405 its {@code Allow}. */
  @ExceptionHandler(Exception.class)
  void other(Exception e, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      known
          .getHeaders()
          .forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
      var status = known.getStatusCode().value();
      reply.send(request, response, ErrorBody.of(status, RequestId.of(request)));
      return;
    }
    LOG.atError()
        .addKeyValue("http.request.id", RequestId.of(request))
        .setCause(e)
        .log("{} {} failed", request.getMethod(), RequestId.of(request));
    reply.send(request, response, ErrorBody.of(500, RequestId.of(request)));
  }
}
