package dev.banking.loadtests.faults;

import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.history.LedgerRow;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What the tables and the parking queues say about some users. */
final class Books {

  private static final List<String> PARKING = List.of("notifications.parked", "audit-log.parked");

  private static final int TOLD = 20;

  private final Bank bank;
  private final List<Long> users;

  Books(Bank bank, List<Long> users) {
    this.bank = bank;
    this.users = users;
  }

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  List<LedgerRow> ledger() {
    try (var connection = bank.superuser()) {
      return LedgerRow.ofUsers(connection, users);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Request ids of refusals that the audit book knows of. */
  Set<String> auditedRefusals() {
    return new HashSet<>(
        list(
            "SELECT request_id FROM audit.audit_log WHERE outcome = 'refused' AND user_id = ANY (?)",
            row -> row.getString(1)));
  }

  /** Whether all events have left the outbox and arrived in the tables of both workers. */
  boolean areQuiet() {
    return isOutboxEmpty()
        && one(
                """
                SELECT count(*) FROM banking.ledger_entry l WHERE user_id = ANY (?) AND NOT
                  (EXISTS (SELECT 1 FROM audit.recorded_event r WHERE r.event_id = l.operation_id)
                   AND (sequence = 1 OR EXISTS (SELECT 1 FROM notification.notification n
                        WHERE n.user_id = l.user_id AND n.event_id = l.operation_id)))
                """)
            == 0;
  }

  /** Whether a change that was made after this moment is in the tables of both workers. */
  boolean haveArrivedSince(Instant moment) {
    return one(
            """
            SELECT count(*) FROM banking.ledger_entry l
            JOIN audit.recorded_event r ON r.event_id = l.operation_id
            JOIN notification.notification n
              ON n.user_id = l.user_id AND n.event_id = l.operation_id
            WHERE l.user_id = ANY (?) AND l.created_at > '%s'
            """
                .formatted(moment))
        > 0;
  }

  boolean isOutboxEmpty() {
    return one("SELECT count(*) FROM banking.outbox") == 0;
  }

  /** Every difference between the books, in words. */
  List<String> differences() throws IOException {
    var differences = new ArrayList<String>();
    none(
        differences,
        "accounts that are not the sum of their ledger",
        """
        SELECT count(*) FROM banking.account a
        JOIN (SELECT user_id, sum(amount) AS sum, count(*) AS entries, max(sequence) AS last
              FROM banking.ledger_entry GROUP BY user_id) l USING (user_id)
        WHERE user_id = ANY (?) AND (a.balance <> l.sum OR a.sequence <> l.last
          OR l.entries <> l.last)
        """);
    none(
        differences,
        "accounts whose balance is not that of the last entry",
        """
        SELECT count(*) FROM banking.account a WHERE user_id = ANY (?) AND balance <>
          (SELECT balance FROM banking.ledger_entry l
           WHERE l.user_id = a.user_id ORDER BY sequence DESC LIMIT 1)
        """);
    same(
        differences,
        "ledger and audit book",
        """
        SELECT concat_ws(' ', user_id, sequence, amount, balance, operation_id, request_id)
        FROM banking.ledger_entry WHERE user_id = ANY (?)
        """,
        """
        SELECT concat_ws(' ', user_id, sequence, amount, balance_after, operation_id, request_id)
        FROM audit.audit_log WHERE user_id = ANY (?) AND outcome <> 'refused'
        """);
    same(
        differences,
        "ledger and notifications",
        """
        SELECT concat_ws(' ', user_id, sequence, operation_id, request_id)
        FROM banking.ledger_entry WHERE user_id = ANY (?) AND sequence > 1
        """,
        """
        SELECT concat_ws(' ', user_id, sequence, event_id, request_id)
        FROM notification.notification WHERE user_id = ANY (?)
        """);
    none(differences, "events in the outbox", "SELECT count(*) FROM banking.outbox");
    none(
        differences,
        "broken links in the audit chain",
        """
        SELECT count(*) FROM (
          SELECT position, previous_hash, lag(hash) OVER w AS hash_before,
                 row_number() OVER w AS number
          FROM audit.audit_log WINDOW w AS (ORDER BY position)) link
        WHERE position <> number OR previous_hash <> hash_before
        """);
    none(
        differences,
        "links between the chain and its head",
        """
        SELECT abs(position - (SELECT coalesce(max(position), 0) FROM audit.audit_log))
        FROM audit.chain_head
        """);
    for (var queue : PARKING) {
      var parked = Broker.count(bank, queue);
      if (parked > 0) {
        differences.add(parked + " messages in " + queue);
      }
    }
    return differences;
  }

  private void none(List<String> differences, String what, String sql) {
    var found = one(sql);
    if (found > 0) {
      differences.add(found + " " + what);
    }
  }

  /** Compares line by line: what one has and the other has not, or not as often. */
  private void same(List<String> differences, String what, String sql, String otherSql) {
    var count = new TreeMap<String, Integer>();
    list(sql, row -> row.getString(1)).forEach(line -> count.merge(line, 1, Integer::sum));
    list(otherSql, row -> row.getString(1)).forEach(line -> count.merge(line, -1, Integer::sum));
    count.values().removeIf(times -> times == 0);
    count.entrySet().stream()
        .limit(TOLD)
        .forEach(line -> differences.add(what + ": " + line.getValue() + " x " + line.getKey()));
  }

  private long one(String sql) {
    return list(sql, row -> row.getLong(1)).getFirst();
  }

  private <T> List<T> list(String sql, Row<T> reader) {
    try (Connection connection = bank.superuser();
        var statement = connection.prepareStatement(sql)) {
      var ids = connection.createArrayOf("bigint", users.toArray());
      for (var i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
        statement.setArray(i, ids);
      }
      var found = new ArrayList<T>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("the books cannot be read: " + e.getMessage(), e);
    }
  }
}
