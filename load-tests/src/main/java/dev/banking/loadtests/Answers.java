package dev.banking.loadtests;

/**
 * How the API answered the withdrawals of one run.
 *
 * @param headline the run
 * @param sequenceBefore the user's sequence when the withdrawals began
 * @param applied answered with 200
 * @param refused answered with 400, "Insufficient funds"
 * @param other anything else, also no answer at all
 */
record Answers(Headline headline, long sequenceBefore, int applied, int refused, int other) {}
