package dev.banking.loadtests.history;

/** What a client was told. Money in cents. */
public sealed interface Answer {

  /** The change was applied: 200 to a PUT, 201 to the creation of a user. */
  record Applied(long sequence, long cents) implements Answer {}

  /** The account as it is: 200 to a GET. */
  record Shown(long sequence, long cents) implements Answer {}

  /**
   * Decided against, for good.
   *
   * @param reason {@code error.type}
   */
  record Refused(String reason) implements Answer {

    public static final String INSUFFICIENT_FUNDS = "insufficient_funds";
    public static final String BALANCE_LIMIT_EXCEEDED = "balance_limit_exceeded";
  }

  /**
   * Not done, and never will be: 503 with the outcome {@code not_applied}.
   *
   * @param reason {@code error.type}
   */
  record NotApplied(String reason) implements Answer {}

  /** 503 {@code outcome_unknown}. */
  record Unknown() implements Answer {}

  /**
   * No answer at all: refused, cut or too late for the client.
   *
   * @param why for people
   */
  record Missing(String why) implements Answer {}
}
