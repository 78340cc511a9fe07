package dev.banking.loadtests.generator;

/**
 * Counts durations in buckets that are at most 1/64 of their value wide, as Gil Tene's HdrHistogram
 * does: percentiles are exact to 1.6 %, however far apart the fastest and the slowest are. Not for
 * several threads.
 */
public final class Histogram {

  private static final int STEPS_BITS = 6;
  private static final int STEPS = 1 << STEPS_BITS;

  /** Of nanoseconds; the last bucket ends beyond every {@code long}. */
  private final long[] counts = new long[(Long.SIZE - STEPS_BITS) * STEPS];

  private long total;
  private long max;

  /** One more; negative counts as 0. */
  public void record(long nanos) {
    var value = Math.max(0, nanos);
    counts[bucket(value)]++;
    total++;
    max = Math.max(max, value);
  }

  public long total() {
    return total;
  }

  /**
   * In nanoseconds: so many percent took at most this long. 0 when nothing was recorded.
   *
   * @param percent more than 0, at most 100
   */
  public long percentile(double percent) {
    var wanted = Math.max(1, (long) Math.ceil(percent / 100 * (double) total));
    var seen = 0L;
    for (var bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= wanted) {
        return Math.min(max, highest(bucket));
      }
    }
    return max;
  }

  /** Its usual figures. */
  public Load.Latency latency() {
    return total == 0
        ? Load.Latency.UNKNOWN
        : new Load.Latency(
            percentile(50) / 1e6, percentile(99) / 1e6, percentile(99.9) / 1e6, max / 1e6);
  }

  /** Up to 2 × 64 each value has its own bucket; from there on each power of two has 64. */
  static int bucket(long value) {
    var shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - STEPS_BITS - 1);
    return (shift << STEPS_BITS) + (int) (value >>> shift);
  }

  /** The highest value of a bucket. */
  static long highest(int bucket) {
    if (bucket < 2 * STEPS) {
      return bucket;
    }
    var shift = (bucket >> STEPS_BITS) - 1;
    return (((long) (bucket & (STEPS - 1)) + STEPS + 1) << shift) - 1;
  }
}
