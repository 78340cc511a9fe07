-- What the worker may do while it runs, granted at every start: to DB_USER, which is a role of its
-- own when DB_MIGRATION_USER names the owner, else the owner itself, who loses nothing by it.

-- One at a time: two that grant the same in one moment would fail.
LOCK TABLE flyway_schema_history IN SHARE ROW EXCLUSIVE MODE;

GRANT USAGE ON SCHEMA notification TO "${runtimeRole}";
GRANT SELECT, INSERT, UPDATE ON notification TO "${runtimeRole}";

-- Who holds the books against each other only reads.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'banking_reader') THEN
    GRANT USAGE ON SCHEMA notification TO banking_reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA notification TO banking_reader;
  END IF;
END $$;
