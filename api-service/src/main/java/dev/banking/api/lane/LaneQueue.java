package dev.banking.api.lane;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with many producers and one consumer who takes all there is, up to a limit.
 *
 * <p>Producers never wait and never hold a lock: a thousand virtual threads that contend for one
 * spend their time parking each other. They wake the consumer only when it sleeps, so under load
 * nobody makes a system call.
 *
 * @param <T> what waits
 */
final class LaneQueue<T> {

  private final int capacity;
  private final ConcurrentLinkedQueue<T> elements = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private volatile @Nullable Thread sleeper;
  private volatile boolean closed;

  LaneQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Appends, or returns false when the queue is full or closed. May say full for the moment in
   * which another producer has its place but has not taken it yet.
   */
  boolean offer(T element) {
    if (closed || !claimPlace()) {
      return false;
    }
    elements.add(element);
    var asleep = sleeper;
    if (asleep != null) {
      LockSupport.unpark(asleep);
    }
    return true;
  }

  private boolean claimPlace() {
    while (true) {
      var current = size.get();
      if (current >= capacity) {
        return false;
      }
      if (size.compareAndSet(current, current + 1)) {
        return true;
      }
    }
  }

  /** Moves up to {@code max} elements into {@code target}, in order, without waiting. */
  int poll(List<T> target, int max) {
    var taken = 0;
    while (taken < max) {
      var element = elements.poll();
      if (element == null) {
        break;
      }
      target.add(element);
      taken++;
    }
    size.addAndGet(-taken);
    return taken;
  }

  /**
   * As {@link #poll}, but waits for the first element. One consumer only.
   *
   * @return 0 only when the queue was closed and is empty
   */
  int take(List<T> target, int max) {
    while (true) {
      var wasClosed = closed;
      var taken = poll(target, max);
      if (taken > 0 || wasClosed) {
        return taken;
      }
      sleep();
    }
  }

  private void sleep() {
    sleeper = Thread.currentThread();
    // Looked at again after the announcement: a producer either sees the sleeper or is seen.
    if (elements.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    sleeper = null;
  }

  /** Refuses everything from now on; the consumer may still take what is there. */
  void close() {
    closed = true;
    var asleep = sleeper;
    if (asleep != null) {
      LockSupport.unpark(asleep);
    }
  }

  /** Visits the waiting elements, oldest first; those that come or go meanwhile may be missed. */
  void forEach(Consumer<T> visitor) {
    elements.forEach(visitor);
  }

  int size() {
    return size.get();
  }
}
