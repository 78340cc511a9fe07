package dev.banking.notification.store;

import static org.springframework.transaction.annotation.Propagation.MANDATORY;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Rows of {@code notification.notification}; one statement a call, whatever the batch's size. */
@Repository
public class Notifications {

  /** Longer errors are cut. */
  public static final int MAX_ERROR_LENGTH = 500;

  /** The pending gauge does not count beyond this: counting must stay cheap. */
  public static final int MAX_PENDING_COUNTED = 100_000;

  private final JdbcClient jdbc;

  Notifications(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Inserts notifications that are sent in the same transaction. Returns the ids that are new. */
  @Transactional(propagation = MANDATORY)
  public Set<UUID> insertSent(List<Notification> batch, String channel, Instant now) {
    return insert(batch, channel, "SENT", 1, null, now);
  }

  /** Inserts notifications that are due now. Returns the ids that are new. */
  @Transactional(propagation = MANDATORY)
  public Set<UUID> insertPending(List<Notification> batch, String channel, Instant now) {
    return insert(batch, channel, "PENDING", 0, now, null);
  }

  // Sorted by key, so that two workers with overlapping batches cannot deadlock.
  private Set<UUID> insert(
      List<Notification> batch,
      String channel,
      String status,
      int attempts,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant sentAt) {
    return new HashSet<>(
        jdbc.sql(
                """
                INSERT INTO notification.notification
                  (user_id, event_id, sequence, event_type, channel, status, attempts,
                   next_attempt_at, payload, request_id, traceparent, occurred_at, created_at,
                   sent_at)
                SELECT user_id, event_id, sequence, event_type, :channel, :status, :attempts,
                       :nextAttemptAt, payload, request_id, traceparent, occurred_at, :createdAt,
                       :sentAt
                  FROM unnest(:userIds, :eventIds, :sequences, :eventTypes, :payloads,
                              :requestIds, :traceparents, :occurredAts)
                    AS e(user_id, event_id, sequence, event_type, payload,
                         request_id, traceparent, occurred_at)
                 ORDER BY user_id, event_id
                ON CONFLICT DO NOTHING
                RETURNING event_id
                """)
            .param("channel", channel)
            .param("status", status)
            .param("attempts", attempts)
            .param(
                "nextAttemptAt", timestamp(nextAttemptAt), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
            .param("sentAt", timestamp(sentAt), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
            .param("createdAt", timestamp(sentAt == null ? nextAttemptAt : sentAt))
            .param("userIds", array("bigint", batch, Notification::userId))
            .param("eventIds", array("uuid", batch, Notification::eventId))
            .param("sequences", array("bigint", batch, Notification::sequence))
            .param("eventTypes", array("text", batch, Notification::eventType))
            .param("payloads", array("text", batch, Notification::payload))
            .param("requestIds", array("text", batch, Notification::requestId))
            .param("traceparents", array("text", batch, Notification::traceparent))
            .param("occurredAts", array("timestamptz", batch, Notification::occurredAt))
            .query(UUID.class)
            .list());
  }

  /**
   * Takes what is due, longest due first, and nothing that another worker is taking. Whoever claims
   * must write the result before {@code leaseUntil}, when the notification is due again. Committed
   * at once: no connection is held while sending.
   */
  @Transactional
  public List<Claimed> claim(String channel, Instant now, Instant leaseUntil, int limit) {
    return jdbc.sql(
            """
            WITH due AS (
              SELECT user_id, event_id
                FROM notification.notification
               WHERE status = 'PENDING' AND next_attempt_at <= :now
               ORDER BY next_attempt_at
               LIMIT :limit
                 FOR UPDATE SKIP LOCKED)
            UPDATE notification.notification n
               SET attempts = n.attempts + 1, next_attempt_at = :leaseUntil, channel = :channel
              FROM due
             WHERE n.user_id = due.user_id AND n.event_id = due.event_id
            RETURNING n.event_id, n.user_id, n.sequence, n.event_type, n.payload, n.request_id,
                      n.traceparent, n.occurred_at, n.attempts
            """)
        .param("now", timestamp(now))
        .param("leaseUntil", timestamp(leaseUntil))
        .param("channel", channel)
        .param("limit", limit)
        .query(Notifications::claimed)
        .list();
  }

  private static Claimed claimed(ResultSet row, int number) throws SQLException {
    return new Claimed(
        new Notification(
            row.getObject("event_id", UUID.class),
            row.getLong("user_id"),
            row.getLong("sequence"),
            row.getString("event_type"),
            row.getString("payload"),
            row.getString("request_id"),
            row.getString("traceparent"),
            row.getObject("occurred_at", OffsetDateTime.class).toInstant()),
        row.getInt("attempts"));
  }

  /**
   * Writes what came of the attempts. A result whose lease ended and was taken by another is
   * ignored: that worker's result counts.
   */
  @Transactional
  public void finish(List<AttemptResult> results) {
    var rows = results.stream().map(Row::of).toList();
    jdbc.sql(
            """
            UPDATE notification.notification n
               SET status = r.status, next_attempt_at = r.next_attempt_at, sent_at = r.sent_at,
                   last_error = r.last_error
              FROM unnest(:userIds, :eventIds, :attempts, :statuses, :nextAttemptAts, :sentAts,
                          :errors)
                AS r(user_id, event_id, attempts, status, next_attempt_at, sent_at, last_error)
             WHERE n.user_id = r.user_id AND n.event_id = r.event_id
               AND n.attempts = r.attempts AND n.status = 'PENDING'
            """)
        .param("userIds", array("bigint", results, r -> r.claimed().notification().userId()))
        .param("eventIds", array("uuid", results, r -> r.claimed().notification().eventId()))
        .param("attempts", array("integer", results, r -> r.claimed().attempt()))
        .param("statuses", array("text", rows, Row::status))
        .param("nextAttemptAts", array("timestamptz", rows, Row::nextAttemptAt))
        .param("sentAts", array("timestamptz", rows, Row::sentAt))
        .param("errors", array("text", rows, Row::error))
        .update();
  }

  /** How many wait to be sent, at most {@value #MAX_PENDING_COUNTED}. */
  public int countPending() {
    return jdbc.sql(
            """
            SELECT count(*) FROM (
              SELECT 1 FROM notification.notification WHERE status = 'PENDING' LIMIT :limit) p
            """)
        .param("limit", MAX_PENDING_COUNTED)
        .query(Integer.class)
        .single();
  }

  private record Row(
      String status,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant sentAt,
      @Nullable String error) {

    static Row of(AttemptResult result) {
      return switch (result) {
        case AttemptResult.Sent(_, var at) -> new Row("SENT", null, at, null);
        case AttemptResult.Again(_, var at, var error) -> new Row("PENDING", at, null, cut(error));
        case AttemptResult.GivenUp(_, var error) -> new Row("FAILED", null, null, cut(error));
      };
    }

    private static String cut(String error) {
      return error.length() <= MAX_ERROR_LENGTH ? error : error.substring(0, MAX_ERROR_LENGTH);
    }
  }

  private static <T> SqlArrayValue array(
      String type, List<T> from, Function<T, @Nullable Object> value) {
    return new SqlArrayValue(type, from.stream().map(value).toArray());
  }

  private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
