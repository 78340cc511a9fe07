package dev.banking.api.user;

import dev.banking.common.Money;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The table {@code banking.creation_key}: which user a keyed creation made. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class CreationKeys {

  private final JdbcClient jdbc;

  CreationKeys(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Claims the key; waits for another transaction that is claiming it.
   *
   * @return false when it is taken
   */
  boolean claim(String actor, String key, long userId, Money initialBalance, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO banking.creation_key
                  (actor, idempotency_key, user_id, initial_balance, created_at)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)
            .param(actor)
            .param(key)
            .param(userId)
            .param(initialBalance.toBigDecimal())
            .param(OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
            .update()
        == 1;
  }

  /** What the key was claimed for. */
  Optional<Claim> find(String actor, String key) {
    return jdbc.sql(
            """
            SELECT user_id, initial_balance, created_at
            FROM banking.creation_key
            WHERE actor = ? AND idempotency_key = ?
            """)
        .param(actor)
        .param(key)
        .query((row, _) ->
            new Claim(
                row.getLong("user_id"),
                Money.of(row.getBigDecimal("initial_balance")),
                row.getObject("created_at", OffsetDateTime.class).toInstant()))
        .optional();
  }

  /**
   * A creation that was committed.
   *
   * @param userId the user
   * @param initialBalance what was asked for
   * @param createdAt when it was decided
   */
  record Claim(long userId, Money initialBalance, Instant createdAt) {}
}
