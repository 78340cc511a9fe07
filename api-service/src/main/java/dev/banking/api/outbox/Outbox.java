package dev.banking.api.outbox;

import dev.banking.api.sql.Columns;
import dev.banking.common.EventCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The table {@code banking.outbox}. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class Outbox {

  /** Leases; see {@code outbox_bucket}. */
  static final int BUCKETS = 16;

  private final JdbcClient jdbc;
  private final EventCodec codec = new EventCodec();

  Outbox(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Appends events in one statement, inside the caller's transaction. To be called after the
   * account rows are locked: only then is the order of a user's rows the order of the sequences.
   */
  public void append(List<OutboxEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            INSERT INTO banking.outbox
              (user_id, bucket, event_id, event_type, payload, traceparent)
            SELECT user_id, bucket, event_id, event_type, payload, traceparent
            FROM unnest(?::bigint[], ?::bigint[], ?::uuid[], ?::text[], ?::bytea[], ?::text[])
              AS event (user_id, bucket, event_id, event_type, payload, traceparent)
            """)
        .param(Columns.bigints(events, row -> row.event().userId()))
        .param(Columns.bigints(events, row -> bucketOf(row.event().userId())))
        .param(Columns.uuids(events, row -> row.event().id()))
        .param(Columns.texts(events, row -> row.event().type()))
        .param(Columns.bytes(events, row -> codec.write(row.event())))
        .param(Columns.texts(events, OutboxEvent::traceparent))
        .update();
  }

  static int bucketOf(long userId) {
    return Math.floorMod(Long.hashCode(userId), BUCKETS);
  }

  /**
   * Leases all buckets that nobody else holds, until the end of the caller's transaction. No clock
   * and no heartbeat: a relay that dies loses its lease with its connection.
   */
  List<Integer> lease() {
    return jdbc.sql("SELECT bucket FROM banking.outbox_bucket FOR UPDATE SKIP LOCKED")
        .query((row, _) -> row.getInt(1))
        .list();
  }

  /**
   * The oldest waiting events of leased buckets. Found by predicate: a cursor over ids would miss
   * rows that commit late.
   */
  List<WaitingEvent> oldest(List<Integer> buckets, int limit) {
    return jdbc.sql(
            """
            SELECT user_id, id, event_id, event_type, payload, traceparent, created_at, attempts
            FROM banking.outbox
            WHERE parked_at IS NULL AND bucket = ANY (?::bigint[])
              AND (not_before IS NULL OR not_before <= now())
            ORDER BY id
            LIMIT ?
            """)
        .param(Columns.bigints(buckets, Integer::longValue))
        .param(limit)
        .query(Outbox::waitingEvent)
        .list();
  }

  /**
   * The number of the newest waiting event, whoever wrote it and whoever leases it; 0 when none
   * waits. It grows while events are committed anywhere.
   */
  long newest() {
    return jdbc.sql("SELECT coalesce(max(id), 0) FROM banking.outbox WHERE parked_at IS NULL")
        .query(Long.class)
        .single();
  }

  /** Removes events that the broker has confirmed. */
  void delete(List<WaitingEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            DELETE FROM banking.outbox USING unnest(?::bigint[], ?::bigint[]) AS gone (user_id, id)
            WHERE outbox.user_id = gone.user_id AND outbox.id = gone.id
            """)
        .param(Columns.bigints(events, WaitingEvent::userId))
        .param(Columns.bigints(events, WaitingEvent::id))
        .update();
  }

  /** Counts a refusal by the broker and sets the event aside until {@code notBefore}. */
  void refused(WaitingEvent event, String reason, Instant notBefore) {
    update(event, "not_before", reason, notBefore);
  }

  /** Counts the last refusal: the event waits for a person from now on. */
  void park(WaitingEvent event, String reason, Instant now) {
    update(event, "parked_at", reason, now);
  }

  private void update(WaitingEvent event, String column, String reason, Instant time) {
    jdbc.sql(
            """
            UPDATE banking.outbox
            SET attempts = attempts + 1, last_error = ?, %s = ?::timestamptz
            WHERE user_id = ? AND id = ?
            """
                .formatted(column))
        .params(Arrays.asList(reason, time.toString(), event.userId(), event.id()))
        .update();
  }

  private static WaitingEvent waitingEvent(ResultSet row, int number) throws SQLException {
    return new WaitingEvent(
        row.getLong("user_id"),
        row.getLong("id"),
        row.getObject("event_id", UUID.class),
        row.getString("event_type"),
        row.getBytes("payload"),
        row.getString("traceparent"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getInt("attempts"));
  }
}
