package dev.banking.audit.book;

import dev.banking.audit.seal.CanonicalBytes;
import dev.banking.common.BalanceUpdateFailed;
import dev.banking.common.BalanceUpdated;
import dev.banking.common.Money;
import dev.banking.common.UserCreated;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of the book, without its hashes: the components are the columns, in their order. */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares two entries but by their hash.
record Entry(
    int format,
    long position,
    UUID eventId,
    String eventType,
    String actor,
    long userId,
    long sequence,
    UUID operationId,
    Money amount,
    Money balanceBefore,
    Money balanceAfter,
    String outcome,
    @Nullable String reason,
    String requestId,
    @Nullable String traceparent,
    Instant occurredAt,
    Instant recordedAt,
    byte[] event) {

  static final int FORMAT = 1;

  /**
   * What is to be written down about an event.
   *
   * @param recordedAt in whole microseconds, as the event's own time is
   */
  static Entry of(long position, Received received, Instant recordedAt) {
    return switch (received.event()) {
      case BalanceUpdated updated ->
          of(
              position,
              received,
              recordedAt,
              new Change(
                  updated.amount(),
                  updated.previousBalance(),
                  updated.newBalance(),
                  "applied",
                  null));
      case BalanceUpdateFailed failed ->
          of(
              position,
              received,
              recordedAt,
              new Change(
                  failed.amount(), failed.balance(), failed.balance(), "refused", failed.reason()));
      case UserCreated created ->
          of(
              position,
              received,
              recordedAt,
              new Change(
                  created.initialBalance(), Money.ZERO, created.initialBalance(), "created", null));
    };
  }

  private static Entry of(long position, Received received, Instant recordedAt, Change change) {
    var event = received.event();
    return new Entry(
        FORMAT,
        position,
        event.id(),
        event.type(),
        event.actor(),
        event.userId(),
        event.sequence(),
        event.operationId(),
        change.amount(),
        change.before(),
        change.after(),
        change.outcome(),
        change.reason(),
        event.requestId(),
        received.traceparent(),
        event.time(),
        recordedAt,
        received.body());
  }

  /**
   * Reads the current row.
   *
   * @throws IllegalArgumentException when it holds an amount that no event can have
   */
  static Entry of(ResultSet row) throws SQLException {
    return new Entry(
        row.getInt("format"),
        row.getLong("position"),
        notNull(row.getObject("event_id", UUID.class)),
        notNull(row.getString("event_type")),
        notNull(row.getString("actor")),
        row.getLong("user_id"),
        row.getLong("sequence"),
        notNull(row.getObject("operation_id", UUID.class)),
        Money.parse(notNull(row.getString("amount"))),
        Money.parse(notNull(row.getString("balance_before"))),
        Money.parse(notNull(row.getString("balance_after"))),
        notNull(row.getString("outcome")),
        row.getString("reason"),
        notNull(row.getString("request_id")),
        row.getString("traceparent"),
        notNull(row.getObject("occurred_at", OffsetDateTime.class)).toInstant(),
        notNull(row.getObject("recorded_at", OffsetDateTime.class)).toInstant(),
        notNull(row.getBytes("event")));
  }

  byte[] canonicalBytes() {
    return new CanonicalBytes()
        .number(format)
        .number(position)
        .uuid(eventId)
        .text(eventType)
        .text(actor)
        .number(userId)
        .number(sequence)
        .uuid(operationId)
        .amount(amount)
        .amount(balanceBefore)
        .amount(balanceAfter)
        .text(outcome)
        .text(reason)
        .text(requestId)
        .text(traceparent)
        .time(occurredAt)
        .time(recordedAt)
        .bytes(event)
        .toByteArray();
  }

  private static <T> T notNull(@Nullable T value) {
    return Objects.requireNonNull(value, "the column is NOT NULL");
  }

  /** What an event says about the balance, whichever kind it is. */
  private record Change(
      Money amount, Money before, Money after, String outcome, @Nullable String reason) {}
}
