package dev.banking.notification.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Errors that reach the application, in the API's shape, whatever the client accepts. */
@RestController
class JsonErrors implements ErrorController {

  @RequestMapping("${spring.web.error.path:/error}")
  ResponseEntity<Failure> error(HttpServletRequest request) {
    var status = status(request);
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(new Failure(false, Failure.Reason.of(status)));
  }

  private static HttpStatus status(HttpServletRequest request) {
    var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var status = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
    return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
  }

  /** The body of any error. */
  record Failure(boolean success, Reason error) {

    /** What went wrong. */
    record Reason(String message, int code, String type) {

      static Reason of(HttpStatus status) {
        return new Reason(
            status.getReasonPhrase(), status.value(), status.name().toLowerCase(Locale.ROOT));
      }
    }
  }
}
