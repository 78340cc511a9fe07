package dev.banking.audit.book;

import dev.banking.common.BankingEvent;
import dev.banking.common.EventCodec;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The book without the worker around it, so that a test decides about the transaction. */
public final class TestBook {

  private final EventCodec codec = new EventCodec();
  private final Book book;

  public TestBook(DataSource source, PlatformTransactionManager transactions, Clock clock) {
    var jdbc = JdbcClient.create(source);
    this.book = new Book(new ChainHead(jdbc), new Entries(jdbc), codec, clock, transactions);
  }

  public void append(List<BankingEvent> events) {
    book.append(
        events.stream().map(event -> new Received(event, codec.write(event), null)).toList());
  }
}
