package dev.banking.audit.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import tools.jackson.databind.json.JsonMapper;

/** Sends an error: to browsers as a page, to everybody else as JSON, RFC 9457 on request. */
@Component
public class ErrorReply {

  static final String PROBLEM = "application/problem+json";

  private final JsonMapper mapper;
  private final ITemplateEngine templates;

  ErrorReply(JsonMapper mapper, ITemplateEngine templates) {
    this.mapper = mapper;
    this.templates = templates;
  }

  /** Who is asking has not shown who they are; or may not. */
  public void refuse(
      HttpServletRequest request, HttpServletResponse response, int status, String message)
      throws IOException {
    var type = status == 401 ? "unauthorized" : "forbidden";
    send(request, response, ErrorBody.of(status, type, message, RequestId.of(request)));
  }

  void send(HttpServletRequest request, HttpServletResponse response, ErrorBody body)
      throws IOException {
    if (response.isCommitted()) {
      // Half an answer must not look like a whole one: this makes Tomcat cut the connection.
      throw new IOException("the answer had begun when it failed");
    }
    response.resetBuffer();
    response.setStatus(body.error().code());
    response.setHeader("Content-Disposition", null);
    if (isForABrowser(request)) {
      response.setContentType("text/html;charset=UTF-8");
      var model = Map.<String, Object>of("failure", body.error());
      templates.process("error", new Context(request.getLocale(), model), response.getWriter());
    } else {
      var wantsProblem = wantsProblem(request);
      response.setContentType(wantsProblem ? PROBLEM : "application/json");
      response
          .getOutputStream()
          .write(mapper.writeValueAsBytes(wantsProblem ? body.problem() : body));
    }
  }

  static boolean wantsProblem(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Accept")).stream()
        .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains(PROBLEM));
  }

  /** Whether a page would be understood. */
  public static boolean isForABrowser(HttpServletRequest request) {
    var path =
        Objects.requireNonNullElse(
            request.getAttribute("jakarta.servlet.error.request_uri"), request.getRequestURI());
    var accept = request.getHeader("Accept");
    return !path.toString().startsWith("/api/") && accept != null && accept.contains("text/html");
  }
}
