package dev.banking.api.ratelimit;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one caller may still do on this instance: a block of tokens that was taken from the shared
 * bucket at once. A caller in a hurry gets twice as many each time, up to half a percent of the
 * burst, which bounds what two instances can be off; one who is not gets one at a time. Tokens are
 * only ever spent after they were taken, so that no burst is exceeded.
 */
final class Allowance {

  /** A block that was spent faster than this was too small. */
  private static final long HURRY_NANOS = Duration.ofMillis(100).toNanos();

  /** An empty bucket is not asked again before, however hard the caller knocks. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final String key;
  private final Quota quota;
  private final SharedBuckets shared;
  private final long maxBlock;
  private final long pauseNanos;
  private final ReentrantLock lock = new ReentrantLock();

  private long block;
  private long blockSize = 1;
  private long takenAtNanos = System.nanoTime() - HURRY_NANOS;
  private long emptyUntilNanos = System.nanoTime();
  private long left;
  private @Nullable Bucket alone;

  Allowance(String key, Quota quota, SharedBuckets shared) {
    this.key = key;
    this.quota = quota;
    this.shared = shared;
    this.maxBlock = Math.max(1, quota.capacity() / 200);
    this.left = quota.capacity();
    var one = quota.timeToOne();
    this.pauseNanos = (one.compareTo(PAUSE) > 0 ? one : PAUSE).toNanos();
  }

  /** Spends one token; the number that is left then, or -1 when there was none. */
  long spend() {
    lock.lock();
    try {
      if (block == 0 && System.nanoTime() - emptyUntilNanos >= 0) {
        refill();
      }
      if (block == 0) {
        return -1;
      }
      block--;
      return left + block;
    } finally {
      lock.unlock();
    }
  }

  private void refill() {
    var now = System.nanoTime();
    blockSize = now - takenAtNanos < HURRY_NANOS ? Math.min(2 * blockSize, maxBlock) : 1;
    takenAtNanos = now;
    var taken = shared.take(key, quota, blockSize);
    if (taken == null) {
      takeAlone();
    } else {
      alone = null;
      block = taken.tokens();
      left = taken.left();
    }
    if (block == 0) {
      emptyUntilNanos = System.nanoTime() + pauseNanos;
    }
  }

  /**
   * Without Redis the burst goes on where it was last seen, and each instance counts for itself.
   */
  private void takeAlone() {
    var bucket = alone;
    if (bucket == null) {
      bucket = quota.localBucket(left);
      alone = bucket;
    }
    block = bucket.tryConsumeAsMuchAsPossible(1);
    left = bucket.getAvailableTokens();
  }
}
