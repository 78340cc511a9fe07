package dev.banking.api.idempotency;

import dev.banking.api.sql.Columns;
import dev.banking.common.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The table {@code banking.idempotency_key}. */
@Repository
public class IdempotencyKeys {

  private final JdbcClient jdbc;

  IdempotencyKeys(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The outcomes that these keys already have. */
  public Map<KeyedOutcome.Id, KeyedOutcome> find(Collection<KeyedOutcome.Id> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    var wanted = List.copyOf(ids);
    return jdbc
        .sql(
            """
            SELECT user_id, idempotency_key, amount, refusal, sequence, balance, decided_at
            FROM banking.idempotency_key
            JOIN unnest(?::bigint[], ?::text[]) AS wanted (user_id, idempotency_key)
              USING (user_id, idempotency_key)
            """)
        .param(Columns.bigints(wanted, KeyedOutcome.Id::userId))
        .param(Columns.texts(wanted, KeyedOutcome.Id::key))
        .query(IdempotencyKeys::outcome)
        .stream()
        .collect(Collectors.toMap(KeyedOutcome::id, Function.identity()));
  }

  /**
   * Remembers first outcomes, inside the caller's transaction. Written in the order of their ids,
   * so that two processes that remember the same keys wait for each other instead of deadlocking.
   *
   * @throws ConcurrencyFailureException when another process has decided one of the keys meanwhile;
   *     the caller's transaction must be rolled back and decided again
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void remember(Collection<KeyedOutcome> outcomes) {
    if (outcomes.isEmpty()) {
      return;
    }
    var rows = outcomes.stream().sorted(Comparator.comparing(KeyedOutcome::id)).toList();
    var inserted =
        jdbc.sql(
                """
                INSERT INTO banking.idempotency_key
                  (user_id, idempotency_key, amount, refusal, sequence, balance, decided_at)
                SELECT user_id, idempotency_key, amount / 100.0, refusal, sequence,
                       balance / 100.0, decided_at
                FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::bigint[],
                            ?::bigint[], ?::timestamptz[])
                  AS outcome (user_id, idempotency_key, amount, refusal, sequence, balance,
                              decided_at)
                ON CONFLICT DO NOTHING
                """)
            .param(Columns.bigints(rows, KeyedOutcome::userId))
            .param(Columns.texts(rows, KeyedOutcome::key))
            .param(Columns.bigints(rows, outcome -> outcome.amount().cents()))
            .param(Columns.texts(rows, KeyedOutcome::refusal))
            .param(Columns.bigints(rows, KeyedOutcome::sequence))
            .param(Columns.bigints(rows, outcome -> outcome.balance().cents()))
            .param(Columns.times(rows, KeyedOutcome::decidedAt))
            .update();
    if (inserted < rows.size()) {
      throw new ConcurrencyFailureException("another process has decided a key meanwhile");
    }
  }

  /**
   * Forgets refused outcomes that are older than the retention.
   *
   * @param limit at most so many, so that the lock and the work are bounded
   * @return how many
   */
  public int forgetRefused(Instant now, Duration retention, int limit) {
    return jdbc.sql(
            """
            DELETE FROM banking.idempotency_key
            WHERE (user_id, idempotency_key) IN (
              SELECT user_id, idempotency_key FROM banking.idempotency_key
              WHERE refusal IS NOT NULL AND decided_at < ?
              LIMIT ?)
            """)
        .param(OffsetDateTime.ofInstant(now.minus(retention), ZoneOffset.UTC))
        .param(limit)
        .update();
  }

  private static KeyedOutcome outcome(ResultSet row, int number) throws SQLException {
    return new KeyedOutcome(
        row.getLong("user_id"),
        row.getString("idempotency_key"),
        Money.of(row.getBigDecimal("amount")),
        row.getString("refusal"),
        row.getLong("sequence"),
        Money.of(row.getBigDecimal("balance")),
        row.getObject("decided_at", OffsetDateTime.class).toInstant());
  }
}
