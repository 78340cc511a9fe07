package dev.banking.audit.http;

/** The error shape of all the applications. */
record ErrorBody(boolean success, Failure error) {

  static ErrorBody of(int status, String requestId) {
    return switch (status) {
      case 404 -> of(status, "not_found", "Resource not found", requestId);
      case 405 -> of(status, "method_not_allowed", "Method not allowed", requestId);
      case 406 -> of(status, "not_acceptable", "Not acceptable", requestId);
      default ->
          status < 500
              ? of(status, "invalid_request", "Invalid request", requestId)
              : of(status, "internal_error", "Internal error", requestId);
    };
  }

  private static ErrorBody of(int status, String type, String message, String requestId) {
    return new ErrorBody(false, new Failure(message, status, type, "not_applied", requestId));
  }

  /** What went wrong. */
  record Failure(String message, int code, String type, String outcome, String requestId) {}
}
