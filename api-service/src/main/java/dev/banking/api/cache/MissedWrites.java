package dev.banking.api.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What Redis was not told in time. A busy machine is late now and then although nothing is broken;
 * until the older value has expired, this process does not show it to its readers. Another process
 * may, at most for the time to live.
 */
final class MissedWrites {

  /** Beyond it the cache is left alone for one time to live: forgetting one would show it. */
  static final int MAX_ACCOUNTS = 10_000;

  private final Map<Long, Missed> latest = new ConcurrentHashMap<>();
  private final long ttlNanos;
  private final LongSupplier nanoTime;
  private volatile long allUntil;

  /**
   * The newest state of an account that was not written.
   *
   * @param sequence of that state
   * @param until when every older value has expired, by the clock of {@code nanoTime}
   */
  private record Missed(long sequence, long until) {

    Missed and(Missed later) {
      return new Missed(Math.max(sequence, later.sequence), later.until);
    }
  }

  /**
   * Nothing is missed yet.
   *
   * @param ttl how long an older value may stand in Redis
   */
  MissedWrites(Duration ttl, LongSupplier nanoTime) {
    this.ttlNanos = ttl.toNanos();
    this.nanoTime = nanoTime;
    this.allUntil = nanoTime.getAsLong();
  }

  /** Remembers that these states may not be in Redis. */
  synchronized void add(Collection<CachedAccount> accounts) {
    var until = nanoTime.getAsLong() + ttlNanos;
    for (var account : accounts) {
      latest.merge(account.userId(), new Missed(account.sequence(), until), Missed::and);
    }
    if (latest.size() > MAX_ACCOUNTS) {
      latest.values().removeIf(missed -> isOver(missed.until()));
    }
    if (latest.size() > MAX_ACCOUNTS) {
      allUntil = until;
      latest.clear();
    }
  }

  /** These states have arrived after all. */
  void remove(Collection<CachedAccount> accounts) {
    for (var account : accounts) {
      latest.computeIfPresent(
          account.userId(), (_, missed) -> missed.sequence() > account.sequence() ? missed : null);
    }
  }

  /**
   * The oldest state of an account that may be shown to whoever asks Redis after this. To be asked
   * before Redis is: while its answer with an older value is on its way, what was missed may arrive
   * and be forgotten here.
   *
   * @return a sequence
   */
  long oldestToShow(long userId) {
    // First the one, then all: who adds the one too many speaks of all before forgetting each.
    var missed = latest.get(userId);
    if (!isOver(allUntil)) {
      return Long.MAX_VALUE;
    }
    if (missed == null) {
      return 0;
    }
    if (isOver(missed.until())) {
      latest.remove(userId, missed);
      return 0;
    }
    return missed.sequence();
  }

  private boolean isOver(long time) {
    return nanoTime.getAsLong() - time >= 0;
  }
}
