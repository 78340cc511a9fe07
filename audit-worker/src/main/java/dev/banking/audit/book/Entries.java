package dev.banking.audit.book;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rows of {@code audit.audit_log} and {@code audit.recorded_event}. */
@Component
class Entries {

  private static final String APPEND =
      """
      INSERT INTO audit.audit_log (
        format, position, event_id, event_type, actor, user_id, sequence, operation_id,
        amount, balance_before, balance_after, outcome, reason, request_id, traceparent,
        occurred_at, recorded_at, event, previous_hash, hash)
      SELECT * FROM unnest(
        ?::smallint[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
        ?::uuid[], ?::numeric[], ?::numeric[], ?::numeric[], ?::text[], ?::text[], ?::text[],
        ?::text[], ?::timestamptz[], ?::timestamptz[], ?::bytea[], ?::bytea[], ?::bytea[])
      """;

  private static final String REMEMBER =
      """
      INSERT INTO audit.recorded_event (event_id, position)
      SELECT * FROM unnest(?::uuid[], ?::bigint[])
      """;

  private static final String FIND =
      "SELECT event_id, position FROM audit.recorded_event WHERE event_id = ANY (?::uuid[])";

  private static final String BODIES =
      "SELECT position, event FROM audit.audit_log WHERE position = ANY (?::bigint[])";

  private static final byte[] MOVED_AWAY = {};

  private final JdbcClient jdbc;
  private final Months months;

  Entries(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.months = new Months(jdbc);
  }

  /** All of them or none. The caller holds the head. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void append(List<Link> links) {
    months.prepare(links.getLast().entry().recordedAt());
    jdbc.sql(APPEND)
        .param(array("smallint", links, link -> link.entry().format()))
        .param(array("bigint", links, link -> link.entry().position()))
        .param(array("uuid", links, link -> link.entry().eventId()))
        .param(array("text", links, link -> link.entry().eventType()))
        .param(array("text", links, link -> link.entry().actor()))
        .param(array("bigint", links, link -> link.entry().userId()))
        .param(array("bigint", links, link -> link.entry().sequence()))
        .param(array("uuid", links, link -> link.entry().operationId()))
        .param(array("numeric", links, link -> link.entry().amount()))
        .param(array("numeric", links, link -> link.entry().balanceBefore()))
        .param(array("numeric", links, link -> link.entry().balanceAfter()))
        .param(array("text", links, link -> link.entry().outcome()))
        .param(array("text", links, link -> link.entry().reason()))
        .param(array("text", links, link -> link.entry().requestId()))
        .param(array("text", links, link -> link.entry().traceparent()))
        .param(array("timestamptz", links, link -> link.entry().occurredAt()))
        .param(array("timestamptz", links, link -> link.entry().recordedAt()))
        .param(bytes(links, link -> link.entry().event()))
        .param(bytes(links, link -> link.previous().toBytes()))
        .param(bytes(links, link -> link.hash().toBytes()))
        .update();
    jdbc.sql(REMEMBER)
        .param(array("uuid", links, link -> link.entry().eventId()))
        .param(array("bigint", links, link -> link.entry().position()))
        .update();
  }

  /**
   * Those of {@code ids} that are in the book, with their bodies; a body is empty when the entry
   * itself was dropped with its month.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<UUID, byte[]> find(List<UUID> ids) {
    var positions = new HashMap<UUID, Long>();
    jdbc.sql(FIND)
        .param(array("uuid", ids, id -> id))
        .query(row -> {
          positions.put(row.getObject("event_id", UUID.class), row.getLong("position"));
        });
    var bodies = bodies(List.copyOf(positions.values()));
    var found = new HashMap<UUID, byte[]>();
    positions.forEach((id, at) -> found.put(id, bodies.getOrDefault(at, MOVED_AWAY)));
    return found;
  }

  /** Apart, because all months are looked into for them; mostly there are none to look for. */
  private Map<Long, byte[]> bodies(List<Long> positions) {
    var found = new HashMap<Long, byte[]>();
    if (!positions.isEmpty()) {
      jdbc.sql(BODIES)
          .param(array("bigint", positions, position -> position))
          .query(row -> {
            found.put(row.getLong("position"), row.getBytes("event"));
          });
    }
    return found;
  }

  /** As text, which the database reads without any loss and the driver writes for every type. */
  @SuppressWarnings("NullAway") // SqlArrayValue takes null elements and does not say so.
  private static <T> SqlArrayValue array(
      String type, List<T> rows, Function<T, @Nullable Object> column) {
    var values = new @Nullable Object[rows.size()];
    for (var i = 0; i < values.length; i++) {
      var value = column.apply(rows.get(i));
      values[i] = value == null ? null : value.toString();
    }
    return new SqlArrayValue(type, values);
  }

  private static SqlArrayValue bytes(List<Link> links, Function<Link, byte[]> column) {
    return new SqlArrayValue("bytea", (Object[]) links.stream().map(column).toArray(byte[][]::new));
  }
}
