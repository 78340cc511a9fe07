package dev.banking.audit.verify;

import dev.banking.audit.stored.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Names the places where book and ledger differ, after {@link Ledgers} has seen that they do. */
final class LedgerPlaces {

  /** Of what may be on its way, so much is looked for again. */
  static final int LOOKED_FOR_AGAIN = 20_000;

  private static final String DIFFERENCES =
      """
      WITH book AS (
        SELECT * FROM audit.audit_log
         WHERE (outcome = 'applied' OR outcome = 'created' AND amount <> 0)
           AND user_id %% 4096 = ANY (?)),
      ledger AS (
        SELECT * FROM banking.ledger_entry
         WHERE user_id %% 4096 = ANY (?) AND %s),
      difference AS (
        SELECT CASE WHEN b.position IS NULL THEN 'SEQUENCE_MISSING'
                    WHEN l.operation_id IS NULL THEN 'LEDGER_MISSING'
                    ELSE 'LEDGER_DIFFERS' END AS kind,
               coalesce(l.user_id, b.user_id) AS user_id,
               coalesce(l.sequence, b.sequence) AS sequence, l.operation_id,
               concat_ws('; ',
                 CASE WHEN l.operation_id IS NOT NULL
                   THEN concat('ledger ', l.amount, ' to ', l.balance, ' at ', l.created_at) END,
                 CASE WHEN b.position IS NOT NULL
                   THEN concat('book position ', b.position, ', ', b.amount, ' to ',
                               b.balance_after, ' at ', b.occurred_at) END) AS detail
          FROM ledger l
          FULL JOIN book b ON b.user_id = l.user_id AND b.sequence = l.sequence
         WHERE b.position IS NULL OR l.operation_id IS NULL
            OR b.event_id <> l.operation_id OR b.operation_id <> l.operation_id
            OR b.amount <> l.amount OR b.balance_after <> l.balance
            OR b.balance_before <> l.balance - l.amount OR b.actor <> l.actor
            OR b.request_id <> l.request_id OR b.occurred_at <> l.created_at
        UNION ALL
        SELECT 'SEQUENCE_TWICE', user_id, sequence, NULL,
               'book positions ' || min(position) || ' and ' || max(position)
          FROM book GROUP BY user_id, sequence HAVING count(*) > 1)
      SELECT d.* FROM difference d
        LEFT JOIN banking.outbox o
          ON d.kind = 'SEQUENCE_MISSING' AND o.user_id = d.user_id AND o.event_id = d.operation_id
       WHERE o.event_id IS NULL
       ORDER BY d.user_id, d.sequence
      """
          .formatted(notDropped("?"));

  private static final String STILL_MISSING =
      """
      SELECT m.number
        FROM unnest(?::bigint[], ?::bigint[], ?::uuid[]) WITH ORDINALITY
          AS m(user_id, sequence, operation_id, number)
        LEFT JOIN banking.outbox o
          ON o.user_id = m.user_id AND o.event_id = m.operation_id
        LEFT JOIN audit.audit_log b
          ON b.user_id = m.user_id AND b.sequence = m.sequence AND b.event_id = m.operation_id
       WHERE o.event_id IS NULL AND b.position IS NULL
      """;

  private static final String GAPPED_USERS =
      """
      SELECT user_id FROM banking.ledger_entry
       GROUP BY user_id HAVING count(*) <> max(sequence) ORDER BY user_id
      """;

  private static final String GAPS =
      """
      SELECT user_id, before + 1 AS first, sequence - 1 AS last
        FROM (SELECT user_id, sequence,
                     coalesce(lag(sequence) OVER (PARTITION BY user_id ORDER BY sequence), 0)
                       AS before
                FROM banking.ledger_entry WHERE user_id = ANY (?)) entry
       WHERE sequence <> before + 1
       ORDER BY user_id, sequence
      """;

  private final Connection connection;

  LedgerPlaces(Connection connection) {
    this.connection = connection;
  }

  /** A change that the ledger has and the book not, or not yet. */
  record Missing(long userId, long sequence, UUID operationId, String detail) {

    String place() {
      return LedgerPlaces.place(userId, sequence);
    }
  }

  /**
   * For a WHERE of the ledger: the change's entry was not dropped with those up to a position.
   *
   * @param position a number, or the mark of a parameter
   */
  static String notDropped(Object position) {
    return """
    NOT EXISTS (
      SELECT FROM audit.recorded_event r
       WHERE r.event_id = ledger_entry.operation_id AND r.position <= %s)\
    """
        .formatted(position);
  }

  /**
   * Adds what differs to the findings, but for what may be on its way.
   *
   * @param dropped the position up to which the book's entries are gone; 0 when none is
   * @return that
   */
  List<Missing> name(List<Integer> buckets, long dropped, Findings findings) throws SQLException {
    var missing = new ArrayList<Missing>();
    try (var statement = connection.prepareStatement(DIFFERENCES)) {
      var array = connection.createArrayOf("bigint", buckets.toArray());
      statement.setArray(1, array);
      statement.setArray(2, array);
      statement.setLong(3, dropped);
      statement.setFetchSize(1_000);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var kind = Kind.valueOf(rows.getString("kind"));
          var userId = rows.getLong("user_id");
          var sequence = rows.getLong("sequence");
          var detail = rows.getString("detail");
          if (kind == Kind.SEQUENCE_MISSING && missing.size() < LOOKED_FOR_AGAIN) {
            var operation = rows.getObject("operation_id", UUID.class);
            missing.add(new Missing(userId, sequence, operation, detail));
          } else {
            findings.add(kind, place(userId, sequence), detail);
          }
        }
      }
    }
    return missing;
  }

  /** Adds what has not come in the meantime; asked in a later snapshot. */
  void nameStillMissing(List<Missing> missing, Findings findings) throws SQLException {
    var still = new HashSet<Integer>();
    try (var statement = connection.prepareStatement(STILL_MISSING)) {
      statement.setArray(1, array("bigint", missing, Missing::userId));
      statement.setArray(2, array("bigint", missing, Missing::sequence));
      statement.setArray(3, array("uuid", missing, Missing::operationId));
      still.addAll(Snapshot.all(statement, row -> row.getInt(1) - 1));
    }
    for (var i = 0; i < missing.size(); i++) {
      if (still.contains(i)) {
        var change = missing.get(i);
        findings.add(Kind.SEQUENCE_MISSING, change.place(), change.detail());
      }
    }
  }

  private java.sql.Array array(
      String type, List<Missing> rows, Function<Missing, @Nullable Object> column)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(column).toArray());
  }

  /** Adds the numbers that the ledger itself lacks. */
  void nameGaps(Findings findings) throws SQLException {
    List<Long> users;
    try (var statement = connection.prepareStatement(GAPPED_USERS)) {
      users = Snapshot.all(statement, row -> row.getLong(1));
    }
    if (users.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(GAPS)) {
      statement.setArray(1, connection.createArrayOf("bigint", users.toArray()));
      nameGaps(statement, findings);
    }
  }

  private static void nameGaps(PreparedStatement statement, Findings findings) throws SQLException {
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        var first = rows.getLong("first");
        var last = rows.getLong("last");
        var place = place(rows.getLong("user_id"), first);
        findings.add(Kind.LEDGER_GAP, first >= last ? place : place + " to " + last, "");
      }
    }
  }

  private static String place(long userId, long sequence) {
    return "user " + userId + " sequence " + sequence;
  }
}
