-- What the worker may do while it runs, granted at every start: to DB_USER, which is a role of its
-- own when DB_MIGRATION_USER names the owner, else the owner itself, who loses nothing by it. Every
-- table is a book that is written and read, never changed; the head of the chain alone moves.

-- One at a time: two that grant the same in one moment would fail.
LOCK TABLE flyway_schema_history IN SHARE ROW EXCLUSIVE MODE;

GRANT USAGE ON SCHEMA audit TO "${runtimeRole}";
GRANT SELECT ON ALL TABLES IN SCHEMA audit TO "${runtimeRole}";
GRANT UPDATE ON chain_head TO "${runtimeRole}";

DO $$
DECLARE
  book text;
BEGIN
  FOR book IN
    SELECT tablename FROM pg_tables
    WHERE schemaname = 'audit' AND tablename NOT IN ('chain_head', 'flyway_schema_history')
  LOOP
    EXECUTE format('GRANT INSERT ON audit.%I TO "${runtimeRole}"', book);
  END LOOP;
  -- What a person does by hand is written down by the commands of both workers.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'banking_operator') THEN
    GRANT USAGE ON SCHEMA audit TO banking_operator;
    GRANT INSERT ON operator_action TO banking_operator;
  END IF;
END $$;
