package dev.banking.audit.review;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Searches the book. Newest first, by position: a page costs what it shows. */
@Component
public class Search {

  /** Entries that an export holds in memory. */
  private static final int CHUNK = 1_000;

  private final JdbcClient jdbc;

  Search(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One page.
   *
   * @param entries newest first
   * @param next the cursor of the next page; null at the end
   */
  public record Page(List<BookEntry> entries, @Nullable Long next) {}

  /** The entries before a position. */
  public Page page(Filter filter, long before, int limit) {
    var sql = filter.sql();
    var found =
        jdbc.sql(
                "SELECT %s FROM audit.audit_log WHERE %s AND position < ? ORDER BY position DESC LIMIT ?"
                    .formatted(BookEntry.COLUMNS, sql.conditions()))
            .params(sql.values())
            .param(before)
            .param(limit + 1)
            .query(BookEntry::of)
            .list();
    if (found.size() <= limit) {
      return new Page(found, null);
    }
    var shown = found.subList(0, limit);
    return new Page(shown, shown.getLast().position());
  }

  /**
   * All of them, oldest first, up to the last one that is there at the beginning. In short
   * statements: nobody waits for a reader who is slow.
   */
  public void each(Filter filter, Consumer<List<BookEntry>> consumer) {
    var end = jdbc.sql("SELECT position FROM audit.chain_head").query(Long.class).single();
    var sql = filter.sql();
    var query =
        """
        SELECT %s FROM audit.audit_log
         WHERE %s AND position > ? AND position <= ? ORDER BY position LIMIT %d
        """
            .formatted(BookEntry.COLUMNS, sql.conditions(), CHUNK);
    var after = 0L;
    while (true) {
      var some =
          jdbc.sql(query).params(sql.values()).param(after).param(end).query(BookEntry::of).list();
      if (some.isEmpty()) {
        return;
      }
      consumer.accept(some);
      after = some.getLast().position();
    }
  }
}
