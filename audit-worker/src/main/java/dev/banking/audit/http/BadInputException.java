package dev.banking.audit.http;

/** A parameter that cannot be meant; 400 to whoever sent it. */
public final class BadInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String problem;

  /**
   * Without a stack trace: it is no defect.
   *
   * @param problem what it must be: {@code must be …}
   */
  public BadInputException(String field, String problem) {
    super(field + " " + problem, null, false, false);
    this.field = field;
    this.problem = problem;
  }

  public String field() {
    return field;
  }

  public String problem() {
    return problem;
  }
}
