package dev.banking.api.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** What becomes of the lanes' batches. Counted once a batch, not once a command. */
@Component
public final class BookingMetrics {

  private final MeterRegistry registry;
  private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();
  private final DistributionSummary batchSize;
  private final Timer wait;
  private final Timer booking;
  private final Counter conflicts;
  private final Counter locked;
  private final Counter splits;
  private final Counter lostCommits;

  public BookingMetrics(MeterRegistry registry) {
    this.registry = registry;
    batchSize =
        DistributionSummary.builder("banking.lane.batch.size")
            .description("Commands in a batch")
            .register(registry);
    wait =
        Timer.builder("banking.lane.wait")
            .description("How long the oldest command of a batch has waited in its lane")
            .register(registry);
    booking =
        Timer.builder("banking.booking")
            .description("One batch, from its first query to its last, with what was tried again")
            .register(registry);
    conflicts = counter("banking.booking.conflicts", "Batches that met another writer");
    locked = counter("banking.booking.locked", "Attempts with locked accounts, after conflicts");
    splits = counter("banking.booking.splits", "Batches that failed as a whole and were halved");
    lostCommits = counter("banking.booking.lost.commits", "Commits whose answer did not come");
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  /** A batch begins; its oldest command has waited for so long. */
  public void begins(int commands, long waitedNanos) {
    batchSize.record(commands);
    wait.record(waitedNanos, TimeUnit.NANOSECONDS);
  }

  /** A batch has ended, whatever came of it. */
  public void ended(long nanos) {
    booking.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** So many commands end like this; 0 makes the outcome known before it happens. */
  public void answered(String outcome, int commands) {
    outcomes.computeIfAbsent(outcome, this::outcome).increment(commands);
  }

  private Counter outcome(String word) {
    return Counter.builder("banking.outcomes")
        .description("Commands that a lane took, by what came of them")
        .tag("outcome", word)
        .register(registry);
  }

  /** Another writer was faster. */
  public void conflict() {
    conflicts.increment();
  }

  /** An attempt that holds its accounts from the start. */
  public void locked() {
    locked.increment();
  }

  /** A batch fails as a whole. */
  public void split() {
    splits.increment();
  }

  /** A commit was sent, and its answer did not come. */
  public void lostCommit() {
    lostCommits.increment();
  }
}
