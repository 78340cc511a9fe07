package dev.banking.api.http;

import java.util.Locale;

/** Every error that a client may be told: status, stable word and default message. */
public enum ErrorType {
  INVALID_REQUEST(400, "Invalid request"),
  INSUFFICIENT_FUNDS(400, "Insufficient funds"),
  BALANCE_LIMIT_EXCEEDED(400, "Balance limit exceeded"),
  UNAUTHORIZED(401, "Authentication required"),
  FORBIDDEN(403, "Forbidden"),
  USER_NOT_FOUND(404, "User not found"),
  NOT_FOUND(404, "Resource not found"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  NOT_ACCEPTABLE(406, "Only application/json can be sent"),
  PRECONDITION_FAILED(412, "The user has another sequence by now"),
  PAYLOAD_TOO_LARGE(413, "The body is longer than 4096 bytes"),
  UNSUPPORTED_MEDIA_TYPE(415, "Content-Type must be application/json"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key belongs to another request"),
  RATE_LIMITED(429, "Too many requests"),
  INTERNAL_ERROR(500, "Internal error"),
  OVERLOADED(503, "Too many requests are waiting, try again later"),
  UNAVAILABLE(503, "The database is unavailable, try again later"),
  OUTCOME_UNKNOWN(503, "The outcome is unknown, repeat with the same Idempotency-Key");

  private final int status;
  private final String message;

  ErrorType(int status, String message) {
    this.status = status;
    this.message = message;
  }

  public int status() {
    return status;
  }

  String message() {
    return message;
  }

  /** {@code error.type}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code error.outcome}: whether money may have moved. */
  String outcome() {
    return this == OUTCOME_UNKNOWN ? "unknown" : "not_applied";
  }

  /** The type of an error that the server raised by its status alone. */
  static ErrorType ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405, 501 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 412 -> PRECONDITION_FAILED;
      case 413 -> PAYLOAD_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 429 -> RATE_LIMITED;
      case 503 -> OVERLOADED;
      default -> status >= 500 ? INTERNAL_ERROR : INVALID_REQUEST;
    };
  }
}
