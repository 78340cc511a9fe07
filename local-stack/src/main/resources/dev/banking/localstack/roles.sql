-- The roles of the applications: each may log in and connect; what it may touch is granted by the migrations of the
-- application that owns the table, at every start (db/migration/afterMigrate*.sql). The database's owner runs those
-- and nothing else. make run and compose both run this file, as a superuser and at every start: it repairs.
--
-- Passwords come as settings, never as text in a log: banking.api_password and so on.
DO $$
DECLARE
  application text;
BEGIN
  FOREACH application IN ARRAY ARRAY['api', 'notification', 'audit'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'banking_' || application) THEN
      EXECUTE format('CREATE ROLE %I', 'banking_' || application);
    END IF;
    EXECUTE format(
      'ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L',
      'banking_' || application,
      current_setting('banking.' || application || '_password'));
  END LOOP;
  -- No logins: who compares the books reads them all, and who acts by hand writes down that they did.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'banking_reader') THEN
    CREATE ROLE banking_reader NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'banking_operator') THEN
    CREATE ROLE banking_operator NOLOGIN;
  END IF;
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format(
    'GRANT CONNECT ON DATABASE %I TO banking_api, banking_notification, banking_audit',
    current_database());
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT banking_reader, banking_operator TO banking_audit;
GRANT banking_operator TO banking_notification;
