package dev.banking.api.http;

/** Makes the request impossible. */
public class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ApiError error;

  /** Carries the error to the one place that answers it. Without a stack trace: it is no defect. */
  public ApiException(ApiError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  ApiError error() {
    return error;
  }
}
