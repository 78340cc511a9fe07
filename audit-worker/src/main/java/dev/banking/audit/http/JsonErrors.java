package dev.banking.audit.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers every error that reaches the servlet container. */
@RestController
class JsonErrors implements ErrorController {

  private static final String REQUEST_ID = "X-Request-Id";

  @RequestMapping("/error")
  ResponseEntity<ErrorBody> error(HttpServletRequest request) {
    var status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    var requestId = UUID.randomUUID().toString();
    return ResponseEntity.status(status)
        .header(REQUEST_ID, requestId)
        .contentType(MediaType.APPLICATION_JSON)
        .body(ErrorBody.of(status, requestId));
  }
}
