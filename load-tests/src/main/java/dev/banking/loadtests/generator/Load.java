package dev.banking.loadtests.generator;

/**
 * What a generator saw.
 *
 * @param done requests that were answered, or transactions
 * @param refused answers with a status of 400 or higher
 * @param failed requests without an answer: broken connections and timeouts
 * @param seconds that it took
 */
public record Load(long done, long refused, long failed, double seconds, Latency latency) {

  public double perSecond() {
    return (double) done / seconds;
  }

  /** In milliseconds; NaN: not known. */
  public record Latency(double p50, double p99, double p999, double max) {

    static final Latency UNKNOWN = new Latency(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }
}
