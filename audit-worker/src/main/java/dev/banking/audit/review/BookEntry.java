package dev.banking.audit.review;

import dev.banking.common.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it is shown.
 *
 * @param position its place in the book
 * @param amount signed; of a refused attempt: what was asked for
 */
public record BookEntry(
    long position,
    UUID eventId,
    String type,
    String outcome,
    @Nullable String reason,
    long userId,
    long sequence,
    BigDecimal amount,
    BigDecimal balanceBefore,
    BigDecimal balanceAfter,
    String actor,
    String requestId,
    UUID operationId,
    @Nullable String traceparent,
    Instant occurredAt,
    Instant recordedAt) {

  static final String COLUMNS =
      """
      position, event_id, event_type, outcome, reason, user_id, sequence, amount, balance_before,
      balance_after, actor, request_id, operation_id, traceparent, occurred_at, recorded_at\
      """;

  static BookEntry of(ResultSet row, int number) throws SQLException {
    return new BookEntry(
        row.getLong("position"),
        row.getObject("event_id", UUID.class),
        row.getString("event_type"),
        row.getString("outcome"),
        row.getString("reason"),
        row.getLong("user_id"),
        row.getLong("sequence"),
        amount(row, "amount"),
        amount(row, "balance_before"),
        amount(row, "balance_after"),
        row.getString("actor"),
        row.getString("request_id"),
        row.getObject("operation_id", UUID.class),
        row.getString("traceparent"),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant());
  }

  /** Decimals only where there are cents, as everywhere over HTTP. */
  private static BigDecimal amount(ResultSet row, String column) throws SQLException {
    return new BigDecimal(Money.of(row.getBigDecimal(column)).toShortString());
  }
}
