package dev.banking.audit.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers every error that reaches the servlet container. */
@Controller
class JsonErrors implements ErrorController {

  private final ErrorReply reply;

  JsonErrors(ErrorReply reply) {
    this.reply = reply;
  }

  @RequestMapping("/error")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    reply.send(request, response, ErrorBody.of(status, RequestId.of(request)));
  }
}
