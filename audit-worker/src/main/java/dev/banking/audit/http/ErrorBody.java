package dev.banking.audit.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The error shape of all the applications. */
record ErrorBody(boolean success, Failure error) {

  static ErrorBody of(int status, String requestId) {
    return switch (status) {
      case 401 -> of(status, "unauthorized", "Authentication required", requestId);
      case 403 -> of(status, "forbidden", "Forbidden", requestId);
      case 404 -> of(status, "not_found", "Resource not found", requestId);
      case 405 -> of(status, "method_not_allowed", "Method not allowed", requestId);
      case 406 -> of(status, "not_acceptable", "Not acceptable", requestId);
      case 413 -> of(status, "payload_too_large", "Payload too large", requestId);
      case 415 -> of(status, "unsupported_media_type", "Unsupported media type", requestId);
      case 503 ->
          of(status, "unavailable", "The database is unavailable, try again later", requestId);
      default ->
          status < 500
              ? of(status, "invalid_request", "Invalid request", requestId)
              : of(status, "internal_error", "Internal error", requestId);
    };
  }

  static ErrorBody of(int status, String type, String message, String requestId) {
    return new ErrorBody(false, new Failure(message, status, type, "not_applied", requestId, null));
  }

  /** A parameter that cannot be meant. */
  static ErrorBody invalid(String field, String problem, String requestId) {
    return new ErrorBody(
        false,
        new Failure(
            field + " " + problem,
            400,
            "invalid_request",
            "not_applied",
            requestId,
            List.of(new Detail(field, problem))));
  }

  /** The same as RFC 9457 has it. */
  Problem problem() {
    return new Problem(
        error.message(),
        error.code(),
        error.message(),
        error.code(),
        "urn:banking:error:" + error.type(),
        error.outcome(),
        error.requestId(),
        error.details());
  }

  /** See <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>. */
  record Problem(
      String title,
      int status,
      String detail,
      int code,
      String type,
      String outcome,
      String requestId,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Detail> details) {}

  /** What went wrong. */
  record Failure(
      String message,
      int code,
      String type,
      String outcome,
      String requestId,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Detail> details) {}

  /** What is wrong with one field. */
  record Detail(String field, String message) {}
}
