package dev.banking.api.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One queue and the one thread that works on it.
 *
 * @param <C> the command
 * @param <O> the outcome
 */
final class Lane<C, O> implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final LaneQueue<Ticket<C, O>> queue;
  private final Pace pace = new Pace();
  private final int maxBatch;
  private final int minQueued;
  private final long maxExpectedWaitNanos;
  private final Consumer<List<Ticket<C, O>>> work;
  private final LongAdder rejected = new LongAdder();
  private final LongAdder withdrawn = new LongAdder();

  Lane(LaneProperties properties, Consumer<List<Ticket<C, O>>> work) {
    this.queue = new LaneQueue<>(properties.maxQueued());
    this.maxBatch = properties.maxBatch();
    this.minQueued = properties.minQueued();
    this.maxExpectedWaitNanos = properties.maxExpectedWait().toNanos();
    this.work = work;
  }

  /**
   * False, at once, when the queue is full or the wait in it too long: who cannot be served should
   * hear it now, and not after a wait that also costs memory.
   */
  boolean offer(Ticket<C, O> ticket) {
    if (!isWaitTooLong(queue.size()) && queue.offer(ticket)) {
      return true;
    }
    rejected.increment();
    return false;
  }

  private boolean isWaitTooLong(int waiting) {
    return waiting >= minQueued
        && pace.expectedNanos(waiting / maxBatch, System.nanoTime()) > maxExpectedWaitNanos;
  }

  int size() {
    return queue.size();
  }

  /** How many were not let in, since the start. */
  long rejected() {
    return rejected.sum();
  }

  /** How many were withdrawn unexecuted, since the start. */
  long withdrawn() {
    return withdrawn.sum();
  }

  /** Withdraws what has waited for longer than {@code maxNanos}. */
  void withdrawOlderThan(long maxNanos, long nowNanos, Function<C, O> instead) {
    queue.forEach(ticket -> {
      if (ticket.waitedNanos(nowNanos) > maxNanos
          && ticket.withdraw(instead.apply(ticket.command()))) {
        withdrawn.increment();
      }
    });
  }

  /** Lets the thread end as soon as the queue is empty; nothing more is accepted. */
  void close() {
    queue.close();
  }

  @Override
  public void run() {
    var batch = new ArrayList<Ticket<C, O>>(maxBatch);
    while (queue.take(batch, maxBatch) > 0) {
      execute(batch);
      batch.clear();
    }
  }

  private void execute(List<Ticket<C, O>> waiting) {
    var batch = new ArrayList<Ticket<C, O>>(waiting.size());
    for (var ticket : waiting) {
      if (ticket.take()) {
        batch.add(ticket);
      }
    }
    if (batch.isEmpty()) {
      return;
    }
    pace.start(System.nanoTime());
    try {
      work.accept(List.copyOf(batch));
    } catch (RuntimeException | Error e) {
      // The work answers each command itself; what escapes is a defect of ours, and the lane
      // must outlive it.
      log.error("A batch of {} commands ended without outcomes", batch.size(), e);
      batch.forEach(ticket -> ticket.outcome().completeExceptionally(e));
    } finally {
      pace.end(System.nanoTime());
    }
  }
}
