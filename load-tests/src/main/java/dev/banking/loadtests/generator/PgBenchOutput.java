package dev.banking.loadtests.generator;

import dev.banking.loadtests.LoadTestException;
import java.util.regex.Pattern;

/** What pgbench prints, in its versions 15 to 18. */
final class PgBenchOutput {

  private static final Pattern DONE =
      Pattern.compile("number of transactions actually processed: (\\d+)");
  private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");
  private static final Pattern RATE =
      Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");
  private static final int LATENCY_WORD = 2;

  private PgBenchOutput() {}

  /**
   * The figures at the end.
   *
   * @throws LoadTestException when one is missing
   */
  static Load parse(String output, Histogram latencies) {
    var done = Long.parseLong(find(DONE, output));
    // All the time may go into connecting: then there is no rate.
    var seconds = done == 0 ? 1 : (double) done / Double.parseDouble(find(RATE, output));
    var failures = FAILED.matcher(output);
    return new Load(
        done,
        0,
        failures.find() ? Long.parseLong(failures.group(1)) : 0,
        seconds,
        latencies.latency());
  }

  /** Of one line of its log: {@code client_id transaction_no time script_no …}. */
  static long latencyMicros(String line) {
    return Long.parseLong(line.split(" ", LATENCY_WORD + 2)[LATENCY_WORD]);
  }

  private static String find(Pattern pattern, String output) {
    var matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new LoadTestException("pgbench did not tell its figures:\n" + output);
    }
    return matcher.group(1);
  }
}
