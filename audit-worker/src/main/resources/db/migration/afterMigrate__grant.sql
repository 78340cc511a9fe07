-- What the worker may do while it runs, granted at every start: to DB_USER, which is a role of its
-- own when DB_MIGRATION_USER names the owner, else the owner itself, who loses nothing by it. Every
-- table is a book that is written and read, never changed; the head of the chain alone moves. The
-- months of the book are reached through it, and made and dropped by the owner's two functions.

-- One at a time: two that grant the same in one moment would fail.
LOCK TABLE flyway_schema_history IN SHARE ROW EXCLUSIVE MODE;

GRANT USAGE ON SCHEMA audit TO "${runtimeRole}";
GRANT UPDATE ON chain_head TO "${runtimeRole}";
GRANT EXECUTE ON FUNCTION create_month, retire_month, retention TO "${runtimeRole}";

DO $$
DECLARE
  book text;
BEGIN
  FOR book IN
    SELECT relname FROM pg_class
    WHERE relnamespace = 'audit'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
  LOOP
    EXECUTE format('GRANT SELECT ON audit.%I TO "${runtimeRole}"', book);
    IF book NOT IN ('chain_head', 'flyway_schema_history') THEN
      EXECUTE format('GRANT INSERT ON audit.%I TO "${runtimeRole}"', book);
    END IF;
  END LOOP;
  -- What a person does by hand is written down by the commands of both workers.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'banking_operator') THEN
    GRANT USAGE ON SCHEMA audit TO banking_operator;
    GRANT INSERT ON operator_action TO banking_operator;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION retention() RETURNS interval LANGUAGE sql STABLE
AS $$SELECT nullif('${retention}', '')::interval$$;
