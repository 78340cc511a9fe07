package dev.banking.api.account;

import dev.banking.api.cache.AccountCache;
import dev.banking.api.lane.Ticket;
import dev.banking.api.metrics.BookingMetrics;
import dev.banking.api.outbox.OutboxRelay;
import dev.banking.api.sql.DatabaseTrouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a lane's batch through its transaction, and answers every command truthfully whatever
 * happens to it:
 *
 * <ul>
 *   <li>another writer was faster: the whole batch again on fresh rows, after a few times locked;
 *   <li>the database cannot be reached: again for a moment, then unavailable;
 *   <li>the connection died around the commit: the ledger is asked before anybody is answered;
 *   <li>anything else: the batch is halved until the command that causes it stands alone.
 * </ul>
 */
@Component
class BookBatch {

  private static final Logger log = LoggerFactory.getLogger(BookBatch.class);

  private final Booking booking;
  private final AccountCache cache;
  private final OutboxRelay relay;
  private final TransactionTemplate transactions;
  private final BookingProperties properties;
  private final BookingMetrics metrics;
  private final Clock clock = Clock.systemUTC();
  private volatile long awayUntilNanos = System.nanoTime();

  BookBatch(
      Booking booking,
      AccountCache cache,
      OutboxRelay relay,
      TransactionTemplate transactions,
      BookingProperties properties,
      BookingMetrics metrics) {
    this.booking = booking;
    this.cache = cache;
    this.relay = relay;
    this.transactions = transactions;
    this.properties = properties;
    this.metrics = metrics;
    for (var kind : Outcome.Kind.values()) {
      metrics.answered(kind.word(), 0);
    }
  }

  /** Completes every ticket; throws nothing that was foreseen. */
  void execute(List<Ticket<BalanceChange, Outcome>> batch) {
    var commands = batch.stream().map(Ticket::command).toList();
    if (System.nanoTime() - awayUntilNanos < 0) {
      complete(batch, all(commands, _ -> new Outcome.Unavailable()));
      return;
    }
    metrics.begins(batch.size(), batch.getFirst().waitedNanos(System.nanoTime()));
    var attempt = new Attempt(commands);
    var outcomes = attempt.run();
    metrics.ended(attempt.nanos());
    var now = System.nanoTime();
    commands.forEach(command -> command.request().times().decided(now));
    if (outcomes == null) {
      metrics.split();
      // Each half in a transaction of its own.
      execute(batch.subList(0, batch.size() / 2));
      execute(batch.subList(batch.size() / 2, batch.size()));
      return;
    }
    var decision = attempt.committed;
    if (decision == null) {
      complete(batch, outcomes);
      return;
    }
    relay.wake();
    // The lane goes on with the next batch while Redis answers: newer wins, so the order of two
    // batches' writes does not matter.
    var _ =
        cache
            .keepNewer(decision.snapshots(), attempt.readAt)
            .thenRun(() -> complete(batch, outcomes));
  }

  /** Whether commands that have to wait now wait for a database that is away. */
  boolean isDatabaseAway() {
    return System.nanoTime() - awayUntilNanos < 0;
  }

  private void complete(
      List<Ticket<BalanceChange, Outcome>> batch, List<? extends Outcome> outcomes) {
    count(outcomes);
    for (var i = 0; i < batch.size(); i++) {
      batch.get(i).outcome().complete(outcomes.get(i));
    }
  }

  private void count(List<? extends Outcome> outcomes) {
    var counts = new EnumMap<Outcome.Kind, Integer>(Outcome.Kind.class);
    outcomes.forEach(outcome -> counts.merge(outcome.kind(), 1, Integer::sum));
    counts.forEach((kind, commands) -> metrics.answered(kind.word(), commands));
  }

  private static List<Outcome> all(
      List<BalanceChange> commands, Function<BalanceChange, Outcome> outcome) {
    return commands.stream().map(outcome).toList();
  }

  /** The way of one batch to its outcomes. */
  private final class Attempt {

    private final List<BalanceChange> commands;
    private final long startNanos = System.nanoTime();
    private int conflicts;
    private Instant readAt = Instant.EPOCH;
    private @Nullable Decision decided;
    private @Nullable Decision committed;

    Attempt(List<BalanceChange> commands) {
      this.commands = commands;
    }

    /** The outcomes; null when the batch must be split. */
    @Nullable List<Outcome> run() {
      List<Outcome> outcomes = null;
      while (outcomes == null) {
        try {
          committed = commit();
          return committed.outcomes();
        } catch (ConcurrencyFailureException e) {
          outcomes = afterConflict(e);
        } catch (RuntimeException e) {
          var lost = decided;
          if (lost != null) {
            outcomes = settle(lost, e);
          } else if (DatabaseTrouble.isCauseOf(e)) {
            outcomes = afterTrouble(e);
          } else if (commands.size() > 1) {
            log.warn("A batch of {} fails and is split", commands.size(), e);
            return null;
          } else {
            var command = commands.getFirst();
            log.atError()
                .addKeyValue("http.request.id", command.request().requestId())
                .setCause(e)
                .log("The operation {} fails", command.operationId());
            return all(commands, _ -> new Outcome.Failed());
          }
        }
      }
      return outcomes;
    }

    private Decision commit() {
      decided = null;
      readAt = clock.instant();
      var lock = conflicts >= properties.conflictsBeforeLock();
      if (lock) {
        metrics.locked();
      }
      var decision =
          transactions.execute(_ -> {
            var made = booking.book(commands, lock);
            // From here on the commit may be sent: an exception no longer proves a rollback.
            decided = made;
            return made;
          });
      return Objects.requireNonNull(decision);
    }

    private @Nullable List<Outcome> afterConflict(ConcurrencyFailureException e) {
      conflicts++;
      metrics.conflict();
      if (conflicts < properties.maxConflicts()) {
        return null;
      }
      log.warn("A batch of {} is given up after {} conflicts", commands.size(), conflicts, e);
      return all(commands, _ -> new Outcome.Overloaded());
    }

    private @Nullable List<Outcome> afterTrouble(RuntimeException e) {
      if (waitedFor(properties.retryFor())) {
        log.warn("The database is away: {}", e.toString());
        awayUntilNanos = System.nanoTime() + properties.leaveAlone().toNanos();
        return all(commands, _ -> new Outcome.Unavailable());
      }
      pause();
      return null;
    }

    /** The commit's answer was lost: nobody is answered before it is known what became of it. */
    private @Nullable List<Outcome> settle(Decision lost, RuntimeException e) {
      metrics.lostCommit();
      log.warn("A commit's answer was lost, the database is asked: {}", e.toString());
      var deadline = System.nanoTime() + properties.settleFor().toNanos();
      while (System.nanoTime() - deadline < 0) {
        try {
          return lost.entries().isEmpty() ? settleRefusals(lost) : settleChanges(lost);
        } catch (RuntimeException inquiry) {
          log.debug("The database cannot be asked yet", inquiry);
          pause();
        }
      }
      awayUntilNanos = System.nanoTime() + properties.leaveAlone().toNanos();
      log.error("It could not be found out what became of a batch of {}", commands.size());
      return unknown(lost);
    }

    private @Nullable List<Outcome> settleRefusals(Decision lost) {
      try {
        transactions.executeWithoutResult(_ -> booking.writeAgain(lost));
      } catch (ConcurrencyFailureException e) {
        return afterConflict(e);
      }
      committed = lost;
      return lost.outcomes();
    }

    /** A lock that cannot be had is no answer: the lost transaction may still hold it. */
    private @Nullable List<Outcome> settleChanges(Decision lost) {
      var found = transactions.execute(_ -> booking.wasCommitted(lost));
      log.warn("The lost commit is {}", Boolean.TRUE.equals(found) ? "in the ledger" : "not there");
      if (Boolean.TRUE.equals(found)) {
        committed = lost;
        return lost.outcomes();
      }
      return waitedFor(properties.settleFor())
          ? all(commands, _ -> new Outcome.Unavailable())
          : null;
    }

    private List<Outcome> unknown(Decision lost) {
      var outcomes = new ArrayList<Outcome>(commands.size());
      for (var outcome : lost.outcomes()) {
        outcomes.add(
            outcome instanceof Outcome.Booked ? new Outcome.Unknown() : new Outcome.Unavailable());
      }
      return Collections.unmodifiableList(outcomes);
    }

    private boolean waitedFor(Duration limit) {
      return nanos() > limit.toNanos();
    }

    long nanos() {
      return System.nanoTime() - startNanos;
    }

    private void pause() {
      try {
        TimeUnit.NANOSECONDS.sleep(properties.pause().toNanos());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
