package dev.banking.api.ledger;

import dev.banking.api.sql.Columns;
import dev.banking.common.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The table {@code banking.ledger_entry}. */
@Repository
public class Ledger {

  private final JdbcClient jdbc;

  Ledger(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Appends the entries in one statement, inside the caller's transaction.
   *
   * @throws org.springframework.dao.DuplicateKeyException when a sequence or an operation is there
   *     already; the transaction is then lost
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void append(List<LedgerEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO banking.ledger_entry
              (user_id, sequence, amount, balance, operation_id, actor, request_id, created_at)
            SELECT user_id, sequence, amount / 100.0, balance / 100.0, operation_id, actor,
                   request_id, created_at
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::uuid[], ?::text[],
                        ?::text[], ?::timestamptz[])
              AS entry (user_id, sequence, amount, balance, operation_id, actor, request_id,
                        created_at)
            """)
        .param(Columns.bigints(entries, LedgerEntry::userId))
        .param(Columns.bigints(entries, LedgerEntry::sequence))
        .param(Columns.bigints(entries, entry -> entry.amount().cents()))
        .param(Columns.bigints(entries, entry -> entry.balance().cents()))
        .param(Columns.uuids(entries, LedgerEntry::operationId))
        .param(Columns.texts(entries, LedgerEntry::actor))
        .param(Columns.texts(entries, LedgerEntry::requestId))
        .param(Columns.times(entries, LedgerEntry::createdAt))
        .update();
  }

  /** Whether the change of this operation was committed. */
  public boolean contains(long userId, UUID operationId) {
    return jdbc.sql(
            """
            SELECT EXISTS (
              SELECT 1 FROM banking.ledger_entry WHERE user_id = ? AND operation_id = ?)
            """)
        .param(userId)
        .param(operationId)
        .query(Boolean.class)
        .single();
  }

  /**
   * The user's entries below a sequence, newest first.
   *
   * @param before exclusive
   * @param limit at most so many
   */
  public List<LedgerEntry> newestFirst(long userId, long before, int limit) {
    return newestFirst(jdbc, userId, before, limit);
  }

  /** The same of another copy of the database. */
  public List<LedgerEntry> newestFirst(JdbcClient database, long userId, long before, int limit) {
    return database
        .sql(
            """
            SELECT user_id, sequence, amount, balance, operation_id, actor, request_id, created_at
            FROM banking.ledger_entry
            WHERE user_id = ? AND sequence < ?
            ORDER BY sequence DESC
            LIMIT ?
            """)
        .param(userId)
        .param(before)
        .param(limit)
        .query(Ledger::entry)
        .list();
  }

  private static LedgerEntry entry(ResultSet row, int number) throws SQLException {
    return new LedgerEntry(
        row.getLong("user_id"),
        row.getLong("sequence"),
        Money.of(row.getBigDecimal("amount")),
        Money.of(row.getBigDecimal("balance")),
        row.getObject("operation_id", UUID.class),
        row.getString("actor"),
        row.getString("request_id"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
