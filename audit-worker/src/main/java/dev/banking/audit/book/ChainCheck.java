package dev.banking.audit.book;

import dev.banking.audit.book.ChainVerdict.Broken;
import dev.banking.audit.book.ChainVerdict.Fault;
import dev.banking.audit.book.ChainVerdict.Sound;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Computes the chain again from the stored rows. Streams, so that memory does not grow with the
 * book, and reads one snapshot, so that writers need not stop.
 *
 * <p>Sees every change that does not also rewrite all hashes after it and the head. That one is
 * seen only against a copy of a hash that was kept elsewhere.
 */
@Component
public class ChainCheck {

  private static final int FETCH_ROWS = 1_000;

  private final ChainHead head;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate snapshot;

  ChainCheck(ChainHead head, JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    this.head = head;
    this.jdbc = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
    this.jdbc.setFetchSize(FETCH_ROWS);
    this.snapshot = new TransactionTemplate(transactions);
    this.snapshot.setReadOnly(true);
    this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /** Reads the whole book and names the first position that breaks. */
  public ChainVerdict run() {
    return snapshot.execute(_ -> {
      var end = head.read();
      var begin = head.begin();
      ResultSetExtractor<ChainVerdict> walk = rows -> walk(rows, begin, end);
      return Objects.requireNonNull(
          jdbc.query("SELECT * FROM audit.audit_log ORDER BY position", walk));
    });
  }

  private static ChainVerdict walk(ResultSet rows, ChainHead.End begin, ChainHead.End end)
      throws SQLException {
    var last = begin.hash();
    var position = begin.position();
    while (rows.next()) {
      position++;
      if (rows.getLong("position") != position) {
        return new Broken(position, Fault.ENTRY_MISSING);
      }
      if (!Arrays.equals(last.toBytes(), rows.getBytes("previous_hash"))) {
        return new Broken(position, Fault.LINK_BROKEN);
      }
      var computed = computed(rows, last);
      if (computed == null || !Arrays.equals(computed.toBytes(), rows.getBytes("hash"))) {
        return new Broken(position, Fault.CONTENT_DIFFERS);
      }
      last = computed;
    }
    if (position < end.position()) {
      return new Broken(position + 1, Fault.ENTRY_MISSING);
    }
    if (position > end.position() || !last.equals(end.hash())) {
      return new Broken(position, Fault.HEAD_DIFFERS);
    }
    return new Sound(position - begin.position(), last);
  }

  /** Null when the row holds a value that this application cannot have written. */
  private static @Nullable Hash computed(ResultSet row, Hash last) throws SQLException {
    try {
      return last.then(Entry.of(row).canonicalBytes());
    } catch (IllegalArgumentException | NullPointerException | DateTimeException _) {
      return null;
    }
  }
}
