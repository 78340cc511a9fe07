package dev.banking.audit.book;

import dev.banking.common.EventCodec;
import dev.banking.common.InvalidEventException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes events down, each once, each chained to the one before. Any number of writers may share a
 * book: the locked head lets them append one after the other.
 */
@Component
public class Book {

  private final ChainHead head;
  private final Entries entries;
  private final EventCodec codec;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Book(
      ChainHead head,
      Entries entries,
      EventCodec codec,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.head = head;
    this.entries = entries;
    this.codec = codec;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
    // Each statement must see what another writer has committed while this one waited for the head.
    this.transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
  }

  /**
   * Appends what is new, in the order given; committed when this returns. Safe to repeat after any
   * failure, also one that leaves open whether the commit happened.
   *
   * @return a verdict for each event, in their order
   * @throws DataAccessException when nothing was appended, or the outcome is unknown
   * @throws TransactionException as above
   */
  public List<Verdict> append(List<Received> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    return transaction.execute(_ -> appendLocked(events));
  }

  private List<Verdict> appendLocked(List<Received> events) {
    var end = head.lock();
    var known = new HashMap<>(entries.find(events.stream().map(e -> e.event().id()).toList()));
    var recordedAt = notBefore(end.recordedAt());
    var verdicts = new ArrayList<Verdict>(events.size());
    var links = new ArrayList<Link>(events.size());
    var last = end.hash();
    for (var received : events) {
      var verdict = judge(received, known);
      verdicts.add(verdict);
      if (verdict == Verdict.APPENDED) {
        var position = end.position() + links.size() + 1;
        var link = Link.of(last, Entry.of(position, received, recordedAt));
        links.add(link);
        last = link.hash();
      }
    }
    if (!links.isEmpty()) {
      entries.append(links);
      head.moveTo(links.getLast());
    }
    return verdicts;
  }

  /** A clock that was set back must not make the book go back in time. */
  private Instant notBefore(Instant previous) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return now.isBefore(previous) ? previous : now;
  }

  private Verdict judge(Received received, Map<UUID, byte[]> known) {
    var recorded = known.putIfAbsent(received.event().id(), received.body());
    if (recorded == null) {
      return Verdict.APPENDED;
    }
    return saysTheSame(recorded, received) ? Verdict.DUPLICATE : Verdict.CONFLICT;
  }

  /** By meaning, not by bytes: a later version may write the same event with more fields. */
  private boolean saysTheSame(byte[] recorded, Received received) {
    if (recorded.length == 0) {
      return true;
    }
    try {
      return codec.read(recorded).equals(received.event());
    } catch (InvalidEventException _) {
      return false;
    }
  }
}
