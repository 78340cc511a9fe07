package dev.banking.audit.reconcile;

/**
 * What is asked of the tables. Each is one pass over them by hash or sort, whatever their size, and
 * answers with rows of (kind, user_id, sequence, event_id, detail). The id of an event is the
 * operation_id of its ledger entry.
 */
enum Question {
  ACCOUNTS(
      """
      WITH ledger AS (
        SELECT user_id, sum(amount) AS total, count(*) AS entries, max(sequence) AS last
          FROM banking.ledger_entry GROUP BY user_id),
      pair AS (
        SELECT coalesce(a.user_id, l.user_id) AS user_id, a.user_id IS NULL AS no_account,
               a.balance, a.sequence, coalesce(l.total, 0) AS total,
               coalesce(l.entries, 0) AS entries, coalesce(l.last, 0) AS last,
               coalesce(e.balance, 0) AS last_balance
          FROM banking.account a
          FULL JOIN ledger l ON l.user_id = a.user_id
          LEFT JOIN banking.ledger_entry e ON e.user_id = l.user_id AND e.sequence = l.last)
      SELECT 'account_missing' AS kind, user_id, last AS sequence, NULL::uuid AS event_id,
             entries || ' entries' AS detail
        FROM pair WHERE no_account
      UNION ALL
      SELECT 'account_not_sum', user_id, sequence, NULL,
             'account ' || balance || ', sum of the ledger ' || total
        FROM pair WHERE balance <> total
      UNION ALL
      SELECT 'account_not_last', user_id, sequence, NULL,
             'account ' || balance || ', last entry ' || last_balance
        FROM pair WHERE balance <> last_balance
      UNION ALL
      SELECT 'account_sequence', user_id, sequence, NULL,
             'account ' || sequence || ', last entry ' || last || ', entries ' || entries
        FROM pair WHERE sequence <> last OR sequence <> entries
      """),

  LEDGER(
      """
      WITH entry AS (
        SELECT user_id, sequence, amount, balance, operation_id,
               coalesce(lag(balance) OVER before, 0) AS balance_before,
               coalesce(lag(sequence) OVER before, 0) AS sequence_before
          FROM banking.ledger_entry
        WINDOW before AS (PARTITION BY user_id ORDER BY sequence))
      SELECT CASE WHEN sequence <> sequence_before + 1 THEN 'ledger_sequence'
                  ELSE 'ledger_balance' END AS kind,
             user_id, sequence, operation_id AS event_id,
             CASE WHEN sequence <> sequence_before + 1 THEN 'follows ' || sequence_before
                  ELSE balance_before || ' + ' || amount || ' is not ' || balance END AS detail
        FROM entry
       WHERE sequence <> sequence_before + 1 OR balance <> balance_before + amount
      """),

  OUTBOX(
      """
      SELECT 'outbox_parked' AS kind, user_id, id AS sequence, event_id,
             concat('row ', id, ', ', event_type, ' since ', created_at, ': ', last_error) AS detail
        FROM banking.outbox WHERE parked_at IS NOT NULL
      UNION ALL
      SELECT 'outbox_without_ledger', o.user_id, o.id, o.event_id, concat('row ', o.id)
        FROM banking.outbox o
        LEFT JOIN banking.ledger_entry l
          ON l.user_id = o.user_id AND l.operation_id = o.event_id
       WHERE o.event_type = 'balance.updated' AND l.user_id IS NULL
      """),

  /** A row that was moved away for its age is not missed: all before the oldest one are. */
  AUDIT(
      """
      WITH difference AS (
        SELECT coalesce(l.user_id, a.user_id) AS user_id,
               coalesce(l.sequence, a.sequence) AS sequence,
               coalesce(l.operation_id, a.event_id) AS event_id,
               a.event_id IS NULL AS is_missing, l.operation_id IS NULL AS is_extra,
               l.amount, l.balance, l.created_at, a.position, a.outcome,
               a.user_id AS audit_user_id, a.sequence AS audit_sequence,
               a.amount AS audit_amount, a.balance_before, a.balance_after
          FROM banking.ledger_entry l
          FULL JOIN audit.audit_log a ON a.event_id = l.operation_id
         WHERE a.event_id IS NULL
            OR (l.operation_id IS NULL
                AND (a.outcome = 'applied' OR (a.outcome = 'created' AND a.amount <> 0)))
            OR a.outcome NOT IN ('applied', 'created') AND l.operation_id IS NOT NULL
            OR a.user_id <> l.user_id OR a.sequence <> l.sequence
            OR a.operation_id <> l.operation_id OR a.amount <> l.amount
            OR a.balance_after <> l.balance OR a.balance_before <> l.balance - l.amount
            OR a.actor <> l.actor OR a.request_id <> l.request_id
            OR a.occurred_at <> l.created_at)
      SELECT CASE WHEN d.is_missing AND r.event_id IS NULL THEN 'audit_missing'
                  WHEN d.is_missing THEN 'audit_removed'
                  WHEN d.is_extra THEN 'audit_without_ledger'
                  ELSE 'audit_differs' END AS kind,
             d.user_id, d.sequence, d.event_id,
             CASE WHEN d.is_missing THEN concat('ledger ', d.amount, ' of ', d.created_at)
                  WHEN d.is_extra
                    THEN concat('audit position ', d.position, ', ', d.outcome, ' ', d.audit_amount)
                  ELSE concat('ledger ', d.amount, ' to ', d.balance, '; audit position ',
                              d.position, ', ', d.outcome, ', user ', d.audit_user_id,
                              ' sequence ', d.audit_sequence, ', ', d.audit_amount, ' from ',
                              d.balance_before, ' to ', d.balance_after,
                              '; or actor, request or time') END AS detail
        FROM difference d
        LEFT JOIN banking.outbox o
          ON d.is_missing AND o.user_id = d.user_id AND o.event_id = d.event_id
        LEFT JOIN audit.recorded_event r ON d.is_missing AND r.event_id = d.event_id
       WHERE NOT d.is_missing
          OR (o.event_id IS NULL AND d.created_at < now() - make_interval(secs => ?)
              AND (r.event_id IS NULL
                   OR r.position >= (SELECT coalesce(min(position), 0) FROM audit.audit_log)))
      """),

  AUDIT_TWICE(
      """
      SELECT 'audit_twice' AS kind, min(user_id) AS user_id, min(sequence) AS sequence, event_id,
             'positions ' || min(position) || ' to ' || max(position) AS detail
        FROM audit.audit_log GROUP BY event_id HAVING count(*) > 1
      """),

  CREATIONS(
      """
      SELECT 'creation_missing' AS kind, a.user_id, 0 AS sequence, NULL::uuid AS event_id,
             concat('created ', a.created_at) AS detail
        FROM banking.account a
        LEFT JOIN audit.audit_log l ON l.user_id = a.user_id AND l.outcome = 'created'
        LEFT JOIN banking.outbox o ON o.user_id = a.user_id AND o.event_type = 'user.created'
       WHERE l.position IS NULL AND o.id IS NULL
         AND a.created_at < now() - make_interval(secs => ?)
         AND (SELECT coalesce(min(position), 1) FROM audit.audit_log) = 1
      """),

  /**
   * An opening balance is told by user.created, of which nobody is notified. Whether a first entry
   * is one, the audit book knows; while it does not, the entry is missed there already.
   */
  NOTIFICATIONS(
      """
      WITH difference AS (
        SELECT coalesce(l.user_id, n.user_id) AS user_id,
               coalesce(l.sequence, n.sequence) AS sequence,
               coalesce(l.operation_id, n.event_id) AS event_id,
               n.event_id IS NULL AS is_missing, l.operation_id IS NULL AS is_extra,
               l.amount, l.created_at, n.sequence AS told_sequence
          FROM banking.ledger_entry l
          FULL JOIN notification.notification n
            ON n.user_id = l.user_id AND n.event_id = l.operation_id
         WHERE n.event_id IS NULL OR l.operation_id IS NULL OR n.sequence <> l.sequence)
      SELECT CASE WHEN d.is_missing THEN 'notification_missing'
                  WHEN d.is_extra THEN 'notification_without_ledger'
                  ELSE 'notification_differs' END AS kind,
             d.user_id, d.sequence, d.event_id,
             CASE WHEN d.is_missing THEN concat('ledger ', d.amount, ' of ', d.created_at)
                  ELSE concat('told of sequence ', d.told_sequence) END AS detail
        FROM difference d
        LEFT JOIN banking.outbox o
          ON d.is_missing AND o.user_id = d.user_id AND o.event_id = d.event_id
        LEFT JOIN audit.audit_log a
          ON d.is_missing AND d.sequence = 1 AND a.event_id = d.event_id
       WHERE NOT d.is_missing
          OR (o.event_id IS NULL AND d.created_at < now() - make_interval(secs => ?)
              AND (d.sequence > 1 OR a.outcome = 'applied'))
      """);

  /** Of those that were missing, the ones that still are; asked in a later snapshot. */
  static final String STILL_MISSING =
      """
      SELECT m.number
        FROM unnest(?::text[], ?::bigint[], ?::uuid[]) WITH ORDINALITY
          AS m(kind, user_id, event_id, number)
        LEFT JOIN banking.outbox o
          ON o.user_id = m.user_id
         AND (o.event_id = m.event_id OR m.event_id IS NULL AND o.event_type = 'user.created')
        LEFT JOIN audit.recorded_event r
          ON m.kind = 'audit_missing' AND r.event_id = m.event_id
        LEFT JOIN notification.notification n
          ON m.kind = 'notification_missing'
         AND n.user_id = m.user_id AND n.event_id = m.event_id
        LEFT JOIN audit.audit_log c
          ON m.kind = 'creation_missing' AND c.user_id = m.user_id AND c.outcome = 'created'
       WHERE o.id IS NULL AND r.event_id IS NULL AND n.event_id IS NULL AND c.position IS NULL
      """;

  static final String TOTALS =
      """
      SELECT now() AS at,
             (SELECT count(*) FROM banking.account) AS accounts,
             (SELECT count(*) FROM banking.ledger_entry) AS entries,
             (SELECT count(*) FROM banking.outbox) AS waiting,
             (SELECT count(*) FROM audit.recorded_event) AS recorded,
             (SELECT count(*) FROM notification.notification) AS notifications
      """;

  private final String sql;

  Question(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }

  /** Whether it takes the grace in seconds. */
  boolean hasGrace() {
    return sql.contains("?");
  }
}
