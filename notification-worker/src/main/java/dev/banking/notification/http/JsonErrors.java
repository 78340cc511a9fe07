package dev.banking.notification.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Errors that reach the application, in the API's shape, whatever the client accepts. */
@Controller
class JsonErrors implements ErrorController {

  @RequestMapping("${spring.web.error.path:/error}")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    ErrorReply.send(request, response, code instanceof Integer status ? status : 404);
  }
}
