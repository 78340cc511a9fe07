package dev.banking.loadtests;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One run of the headline: 10,000 withdrawals of 2 from a user who has 10,000.
 *
 * @param runId what the request ids of its withdrawals begin with, so that its rows can be told
 *     from those of all other requests
 * @param userId whose money
 */
record Headline(String runId, long userId) {

  static final int REQUESTS = 10_000;
  static final int APPLIED = 5_000;
  static final int REFUSED = REQUESTS - APPLIED;
  static final int CLIENTS = 1_000;
  static final BigDecimal START_BALANCE = new BigDecimal(10_000);
  static final BigDecimal AMOUNT = new BigDecimal(-2);

  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** A new run; no other has its id. */
  static Headline ofUser(long userId) {
    var random = Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000, 0x10000));
    return new Headline("headline-" + TO_THE_SECOND.format(Instant.now()) + "-" + random, userId);
  }

  /** The request id of what brings the user to the start balance: not one of the withdrawals. */
  String setupRequestId() {
    return runId + "-setup";
  }

  /** The request id of one withdrawal. */
  String requestId(int client, int iteration) {
    return runId + "-" + client + "-" + iteration;
  }

  /** What all request ids of this run begin with. */
  String requestIdPrefix() {
    return runId + "-";
  }
}
