package dev.banking.audit.book;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The months that the book has a place for. They are made ahead; this is for the clock that is
 * ahead of those, so that no event is ever refused for want of a month.
 */
final class Months {

  private final JdbcClient jdbc;
  private volatile @Nullable YearMonth last;

  Months(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Sees to it that the month of this time is there, if it is another than that of the last. In the
   * caller's transaction, and remembered when that was committed.
   */
  void prepare(Instant time) {
    var month = month(time);
    if (month.equals(last)) {
      return;
    }
    jdbc.sql("SELECT audit.create_month(?)")
        .param(month.atDay(1))
        .query((row, _) -> row.getBoolean(1))
        .single();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            last = month;
          }
        });
  }

  private static YearMonth month(Instant time) {
    return YearMonth.from(time.atOffset(ZoneOffset.UTC));
  }
}
