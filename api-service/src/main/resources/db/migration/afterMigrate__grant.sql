-- What the API may do while it runs, granted at every start: to DB_USER, which is a role of its own
-- when DB_MIGRATION_USER names the owner, else the owner itself, who loses nothing by it.

-- One at a time: two that grant the same in one moment would fail.
LOCK TABLE flyway_schema_history IN SHARE ROW EXCLUSIVE MODE;

GRANT USAGE ON SCHEMA banking TO "${runtimeRole}";
GRANT USAGE ON SEQUENCE user_id_seq TO "${runtimeRole}";
GRANT SELECT, INSERT, UPDATE ON account TO "${runtimeRole}";
GRANT SELECT, INSERT ON ledger_entry, creation_key TO "${runtimeRole}";
GRANT SELECT, INSERT, DELETE ON idempotency_key TO "${runtimeRole}";
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO "${runtimeRole}";
-- UPDATE is what a row lock asks for.
GRANT SELECT, UPDATE ON outbox_bucket TO "${runtimeRole}";

-- Who holds the books against each other only reads.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'banking_reader') THEN
    GRANT USAGE ON SCHEMA banking TO banking_reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA banking TO banking_reader;
  END IF;
END $$;
