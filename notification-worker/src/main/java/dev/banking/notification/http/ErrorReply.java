package dev.banking.notification.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;

/** Sends an error in the shape of all the applications, or as RFC 9457 to whoever asks for that. */
final class ErrorReply {

  private static final String PROBLEM = "application/problem+json";

  private ErrorReply() {}

  /** Answers; everything that goes into the text is ours or was checked, so that it is JSON. */
  static void send(HttpServletRequest request, HttpServletResponse response, int status)
      throws IOException {
    var id = response.getHeader(RequestId.HEADER);
    if (id == null) {
      id = RequestId.of(request.getHeader(RequestId.HEADER));
      RequestId.addCommonHeaders(response, id);
    }
    var wantsProblem =
        Collections.list(request.getHeaders("Accept")).stream()
            .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains(PROBLEM));
    var shape = wantsProblem ? problem() : plain();
    var body = shape.formatted(message(status), status, type(status), id).getBytes(UTF_8);
    response.setStatus(status);
    response.setContentType(wantsProblem ? PROBLEM : "application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static String plain() {
    return """
    {"success":false,"error":{"message":"%s","code":%d,"type":"%s",\
    "outcome":"not_applied","requestId":"%s"}}\
    """;
  }

  /** See <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>. */
  private static String problem() {
    return """
    {"title":"%1$s","status":%2$d,"detail":"%1$s","code":%2$d,"type":"urn:banking:error:%3$s",\
    "outcome":"not_applied","requestId":"%4$s"}\
    """;
  }

  private static String type(int status) {
    return switch (status) {
      case 403 -> "forbidden";
      case 404 -> "not_found";
      case 405, 501 -> "method_not_allowed";
      case 406 -> "not_acceptable";
      case 413 -> "payload_too_large";
      case 415 -> "unsupported_media_type";
      case 503 -> "unavailable";
      default -> status < 500 ? "invalid_request" : "internal_error";
    };
  }

  private static String message(int status) {
    return switch (status) {
      case 404 -> "Resource not found";
      case 503 -> "The worker is not ready, try again later";
      default -> {
        var words = type(status).replace('_', ' ');
        yield Character.toUpperCase(words.charAt(0)) + words.substring(1);
      }
    };
  }
}
