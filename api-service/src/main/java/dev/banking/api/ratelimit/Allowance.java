package dev.banking.api.ratelimit;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one caller may still do on this instance: a block of tokens that was taken from the shared
 * bucket at once. A caller in a hurry gets twice as many each time, until a block lasts for a while
 * or is half a percent of the burst, which bounds what two instances can be off; one who is not
 * gets one at a time. Tokens are only ever spent after they were taken, so that no burst is
 * exceeded.
 */
final class Allowance {

  /** A block that was spent faster than this was too small. */
  private static final long HURRY_NANOS = Duration.ofMillis(100).toNanos();

  /** A block that lasted for longer was too large: another instance may want the tokens. */
  private static final long LEISURE_NANOS = Duration.ofSeconds(1).toNanos();

  /** An empty bucket is not asked again before, however hard the caller knocks. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final String key;
  private final Quota quota;
  private final SharedBuckets shared;
  private final long maxBlock;
  private final long pauseNanos;
  private final ReentrantLock lock = new ReentrantLock();

  /** Spent without the lock, which is for the next block. */
  private final AtomicLong block = new AtomicLong();

  private volatile long left;
  private long blockSize = 1;
  private long takenAtNanos = System.nanoTime() - LEISURE_NANOS;
  private long emptyUntilNanos = System.nanoTime();
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
    var rest = spendOfBlock();
    return rest >= 0 ? rest : spendOfNextBlock();
  }

  private long spendOfBlock() {
    var had = block.getAndUpdate(tokens -> Math.max(0, tokens - 1));
    return had == 0 ? -1 : left + had - 1;
  }

  private long spendOfNextBlock() {
    lock.lock();
    try {
      var rest = spendOfBlock();
      if (rest >= 0 || System.nanoTime() - emptyUntilNanos < 0) {
        return rest;
      }
      return refill();
    } finally {
      lock.unlock();
    }
  }

  /** Its first token is spent before anybody sees the block: it belongs to who has waited. */
  private long refill() {
    var now = System.nanoTime();
    blockSize = nextSize(blockSize, now - takenAtNanos, maxBlock);
    takenAtNanos = now;
    var taken = shared.take(key, quota, blockSize);
    var tokens = taken == null ? takeAlone() : taken.tokens();
    if (taken != null) {
      alone = null;
      left = taken.left();
    }
    if (tokens == 0) {
      emptyUntilNanos = System.nanoTime() + pauseNanos;
      return -1;
    }
    block.set(tokens - 1);
    return left + tokens - 1;
  }

  /** How many to take after a block of this size was spent in this time. */
  static long nextSize(long size, long lastedNanos, long maxBlock) {
    if (lastedNanos >= LEISURE_NANOS) {
      return 1;
    }
    return lastedNanos < HURRY_NANOS ? Math.min(2 * size, maxBlock) : size;
  }

  /**
   * Without Redis the burst goes on where it was last seen, and each instance counts for itself.
   */
  private long takeAlone() {
    var bucket = alone;
    if (bucket == null) {
      bucket = quota.localBucket(left);
      alone = bucket;
    }
    var tokens = bucket.tryConsumeAsMuchAsPossible(1);
    left = bucket.getAvailableTokens();
    return tokens;
  }
}
