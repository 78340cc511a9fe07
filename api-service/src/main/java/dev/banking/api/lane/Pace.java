package dev.banking.api.lane;

/**
 * How fast a lane works, to foresee how long a command would wait.
 *
 * <p>Counted in batches and not in commands: a batch costs nearly the same whether it holds one
 * command or as many as it may, so commands per second of a lane that is not full say nothing about
 * what it could do. One thread writes; any may read.
 */
final class Pace {

  /** Each batch moves the average by one part in so many. */
  private static final int SMOOTHING = 4;

  private static final long IDLE = Long.MIN_VALUE;

  private volatile long batchNanos;
  private volatile long startedNanos = IDLE;

  void start(long nowNanos) {
    startedNanos = nowNanos;
  }

  void end(long nowNanos) {
    var before = batchNanos;
    batchNanos = before + (nowNanos - startedNanos - before) / SMOOTHING;
    startedNanos = IDLE;
  }

  /**
   * How long so many batches will probably take, in nanoseconds. A batch that takes unusually long,
   * because the database stalls, counts before it has ended.
   */
  long expectedNanos(int batches, long nowNanos) {
    var started = startedNanos;
    var running = started == IDLE ? 0 : nowNanos - started;
    return batches * Math.max(batchNanos, running);
  }
}
