package dev.banking.api.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** An outbox in memory: what the relay does to its rows is a list of words. */
final class FakeOutbox extends Outbox {

  final ConcurrentLinkedQueue<WaitingEvent> rows = new ConcurrentLinkedQueue<>();
  final List<String> deeds = new ArrayList<>();
  volatile boolean leasedByOthers;
  final AtomicInteger leases = new AtomicInteger();
  final AtomicInteger rollbacks = new AtomicInteger();

  FakeOutbox() {
    super(JdbcClient.create(new DriverManagerDataSource()));
  }

  TransactionTemplate transactions() {
    return new TransactionTemplate(new Transactions());
  }

  @Override
  List<Integer> lease() {
    leases.incrementAndGet();
    return leasedByOthers ? List.of() : List.of(1);
  }

  @Override
  List<WaitingEvent> oldest(List<Integer> buckets, int limit) {
    return rows.stream().limit(limit).toList();
  }

  @Override
  long newest() {
    return rows.stream().mapToLong(WaitingEvent::id).max().orElse(0);
  }

  @Override
  void delete(List<WaitingEvent> events) {
    rows.removeAll(events);
    events.forEach(event -> deeds.add("deleted " + event.id()));
  }

  @Override
  void refused(WaitingEvent event, String reason, Instant notBefore) {
    deeds.add("refused " + event.id() + " until " + notBefore + ": " + reason);
  }

  @Override
  void park(WaitingEvent event, String reason, Instant now) {
    deeds.add("parked " + event.id() + " at " + now + ": " + reason);
  }

  /** Counts what is undone. */
  private final class Transactions extends AbstractPlatformTransactionManager {

    private static final long serialVersionUID = 1L;

    @Override
    protected Object doGetTransaction() {
      return "transaction";
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {}

    @Override
    protected void doCommit(DefaultTransactionStatus status) {}

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
      rollbacks.incrementAndGet();
    }
  }
}
