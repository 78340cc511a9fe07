package dev.banking.audit;

import java.util.List;

/**
 * Somebody who may do everything to the database and knows the format: a third implementation of
 * it, in SQL.
 */
public final class Superuser {

  /** The tables whose triggers stand in the way. */
  public static final List<String> GUARDED =
      List.of("audit_log", "recorded_event", "chain_head", "checkpoint", "tree_block", "cut");

  /** {@code rebuild(p)}: chains everything from position p anew, as it is now, and the head. */
  public static final String REBUILD =
      """
      CREATE OR REPLACE FUNCTION field(v text) RETURNS bytea LANGUAGE sql AS $$
        SELECT CASE WHEN v IS NULL THEN '\\xffffffff'::bytea
                    ELSE int4send(octet_length(convert_to(v, 'UTF8'))) || convert_to(v, 'UTF8') END
      $$;
      CREATE OR REPLACE FUNCTION field(v timestamptz) RETURNS bytea LANGUAGE sql AS $$
        SELECT field(to_char(v AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
      $$;
      CREATE OR REPLACE FUNCTION rebuild(since bigint) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        e audit.audit_log;
        last bytea := coalesce(
          (SELECT hash FROM audit.audit_log WHERE position = since - 1),
          sha256('dev.banking/audit-log'));
        next bytea;
      BEGIN
        FOR e IN SELECT * FROM audit.audit_log WHERE position >= since ORDER BY position LOOP
          next := sha256(last || field(e.format::text) || field(e.position::text)
            || field(e.event_id::text) || field(e.event_type) || field(e.actor)
            || field(e.user_id::text) || field(e.sequence::text) || field(e.operation_id::text)
            || field(e.amount::text) || field(e.balance_before::text)
            || field(e.balance_after::text) || field(e.outcome) || field(e.reason)
            || field(e.request_id) || field(e.traceparent) || field(e.occurred_at)
            || field(e.recorded_at) || int4send(octet_length(e.event)) || e.event);
          UPDATE audit.audit_log SET previous_hash = last, hash = next
           WHERE position = e.position;
          last := next;
        END LOOP;
        UPDATE audit.chain_head
           SET position = e.position, hash = last, recorded_at = e.recorded_at
         WHERE e.position IS NOT NULL;
      END $$
      """;

  /** The head names the last entry that is there. */
  public static final String PUT_THE_HEAD_BACK =
      """
      UPDATE audit.chain_head h
         SET position = l.position, hash = l.hash, recorded_at = l.recorded_at
        FROM (SELECT * FROM audit.audit_log ORDER BY position DESC LIMIT 1) l
      """;

  private final TestDatabase database;

  Superuser(TestDatabase database) {
    this.database = database;
    database.superuser().sql(REBUILD).update();
  }

  /** Keeps a copy of everything, to put it back afterwards. */
  void remember() {
    for (var table : GUARDED) {
      does("CREATE TABLE public.copy_%1$s AS SELECT * FROM audit.%1$s".formatted(table));
    }
    does("CREATE TABLE public.copy_ledger AS SELECT * FROM banking.ledger_entry");
  }

  void putBack() {
    for (var table : GUARDED) {
      withoutTriggers(
          "DELETE FROM audit." + table,
          "INSERT INTO audit.%1$s SELECT * FROM public.copy_%1$s".formatted(table));
    }
    does(
        "SET session_replication_role = replica; DELETE FROM banking.ledger_entry;"
            + " INSERT INTO banking.ledger_entry SELECT * FROM public.copy_ledger");
  }

  void does(String sql) {
    database.superuser().sql(sql).update();
  }

  /** With every trigger of the book off. */
  void withoutTriggers(String... sql) {
    GUARDED.forEach(table -> does("ALTER TABLE audit." + table + " DISABLE TRIGGER USER"));
    for (var statement : sql) {
      does(statement);
    }
    GUARDED.forEach(this::enable);
  }

  private void enable(String table) {
    var triggers =
        database
            .superuser()
            .sql(
                """
                SELECT tgname FROM pg_trigger
                 WHERE tgrelid = ?::regclass AND NOT tgisinternal
                """)
            .param("audit." + table)
            .query(String.class)
            .list();
    triggers.forEach(
        trigger -> does("ALTER TABLE audit.%s ENABLE ALWAYS TRIGGER %s".formatted(table, trigger)));
  }
}
