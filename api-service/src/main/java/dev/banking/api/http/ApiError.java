package dev.banking.api.http;

import java.util.List;

/**
 * One error as a client is told it.
 *
 * @param type status and stable word
 * @param status the HTTP status; the type's, unless the server chose another of its class
 * @param message for a person
 * @param details the invalid fields
 */
public record ApiError(ErrorType type, int status, String message, List<Detail> details) {

  /** With the type's own message. */
  public static ApiError of(ErrorType type) {
    return new ApiError(type, type.status(), type.message(), List.of());
  }

  /** With a message that says more than the type's own. */
  public static ApiError of(ErrorType type, String message) {
    return new ApiError(type, type.status(), message, List.of());
  }

  /** An invalid field, parameter or header. */
  public static ApiError invalid(String field, String problem) {
    return new ApiError(
        ErrorType.INVALID_REQUEST,
        ErrorType.INVALID_REQUEST.status(),
        field + " " + problem,
        List.of(new Detail(field, problem)));
  }

  /** An error of the server, known by its status only. */
  static ApiError ofStatus(int status) {
    var type = ErrorType.ofStatus(status);
    return new ApiError(type, status, type.message(), List.of());
  }

  /**
   * What is wrong with one field.
   *
   * @param field its name
   * @param message what it must be
   */
  public record Detail(String field, String message) {}
}
