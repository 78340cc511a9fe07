package dev.banking.audit.command;

/** How a command ended: its number is what the shell sees. */
public enum ExitCode {
  /** All was as asked, or as it should be. */
  DONE(0),
  /** It ran to its end, and something is not as asked, or not as it should be: what, was said. */
  NOT_ALL_IS_WELL(1),
  /** It could not do its work: called wrongly, or a backend is away. */
  FAILED(2);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
