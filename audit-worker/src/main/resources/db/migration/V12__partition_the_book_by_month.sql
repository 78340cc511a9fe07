-- The book by the month in which it was written down, so that an old month can go as a whole. The
-- times never go back along the chain: a month is one stretch of it.
--
-- Each event once, each position once: recorded_event says so, which is not partitioned and is
-- written in the same transaction. An event that comes again in another month meets its id there.
ALTER TABLE recorded_event ADD CONSTRAINT recorded_event_position_once UNIQUE (position);

-- Nobody appends meanwhile: a worker that is being replaced waits here, and its events in the queue.
LOCK TABLE chain_head IN ACCESS EXCLUSIVE MODE;

ALTER TABLE audit_log RENAME TO audit_log_before;
CREATE TABLE audit_log (LIKE audit_log_before INCLUDING CONSTRAINTS) PARTITION BY RANGE (recorded_at);
DROP TRIGGER audit_log_append_only ON audit_log_before;
DROP TRIGGER audit_log_no_truncate ON audit_log_before;
ALTER TABLE audit_log_before DROP CONSTRAINT audit_log_pkey;
DO $$
DECLARE
    old record;
BEGIN
    FOR old IN
        SELECT indexname FROM pg_indexes WHERE schemaname = 'audit' AND tablename = 'audit_log_before'
    LOOP
        EXECUTE format('ALTER INDEX audit.%I RENAME TO %I',
            old.indexname, replace(old.indexname, 'audit_log_', 'audit_log_before_'));
    END LOOP;
END $$;

-- The key of a partitioned table has to have the time in it; position alone is leading.
ALTER TABLE audit_log ADD CONSTRAINT audit_log_pkey PRIMARY KEY (position, recorded_at);
CREATE INDEX audit_log_user_idx ON audit_log (user_id, position);
CREATE INDEX audit_log_occurred_idx ON audit_log (occurred_at, position);
CREATE INDEX audit_log_actor_idx ON audit_log (actor, position);
CREATE INDEX audit_log_request_idx ON audit_log (request_id, position);
CREATE INDEX audit_log_operation_idx ON audit_log (operation_id);
CREATE INDEX audit_log_unusual_idx ON audit_log (outcome, position) WHERE outcome <> 'applied';

-- Every month gets the row trigger from here.
CREATE TRIGGER audit_log_append_only
    BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_no_truncate
    BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_append_only;
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_no_truncate;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_log FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_log FROM CURRENT_USER;

-- Makes a table a part of the book that holds it as fast as the whole: a statement trigger is not
-- handed down to a partition, and a right is not taken away there. For the functions of the owner.
CREATE FUNCTION attach_month(part text, since timestamptz, until timestamptz) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS
$$
BEGIN
    EXECUTE format('ALTER TABLE audit.audit_log ATTACH PARTITION audit.%I FOR VALUES FROM (%s) TO (%L)',
        part, coalesce(quote_literal(since), 'MINVALUE'), until);
    EXECUTE format('CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit.%I'
        ' FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()', part);
    EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER audit_log_no_truncate', part);
    EXECUTE format('ALTER TABLE audit.%I ENABLE ALWAYS TRIGGER audit_log_append_only', part);
    EXECUTE format('REVOKE ALL ON audit.%I FROM PUBLIC', part);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON audit.%I FROM CURRENT_USER', part);
END
$$;
REVOKE EXECUTE ON FUNCTION attach_month FROM PUBLIC;

-- Makes the partition of a month, in UTC, unless it is there. The worker may call it and has no
-- other way to make a table: it runs as the owner. Attached, not created in place, which would lock
-- the readers out.
CREATE FUNCTION create_month(month date) RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET timezone = 'UTC'
    SET lock_timeout = '2s'
AS
$$
DECLARE
    since date := date_trunc('month', month)::date;
    part  text := 'audit_log_' || to_char(since, 'YYYY_MM');
BEGIN
    IF since IS NULL OR since < date '2000-01-01' OR since > now() + interval '13 months' THEN
        RAISE EXCEPTION '% is no month that the book needs', month USING ERRCODE = 'P0001';
    END IF;
    IF to_regclass('audit.' || part) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE audit.%I (LIKE audit.audit_log INCLUDING CONSTRAINTS)', part);
    PERFORM audit.attach_month(part, since::timestamptz, (since + interval '1 month')::timestamptz);
    RETURN true;
EXCEPTION
    WHEN duplicate_table OR unique_violation THEN -- another worker was faster
        RETURN false;
END
$$;
REVOKE EXECUTE ON FUNCTION create_month FROM PUBLIC;

-- What is there becomes one part, as it is: nothing is copied, no hash is touched. It has the name
-- of its last month and goes when that one goes.
DO $$
DECLARE
    last timestamptz := (SELECT recorded_at FROM audit.chain_head WHERE position > 0);
    part text;
BEGIN
    SET LOCAL timezone = 'UTC';
    IF last IS NULL THEN
        DROP TABLE audit.audit_log_before;
    ELSE
        part := 'audit_log_' || to_char(last, 'YYYY_MM');
        EXECUTE format('ALTER TABLE audit.audit_log_before RENAME TO %I', part);
        PERFORM audit.attach_month(part, NULL, date_trunc('month', last) + interval '1 month');
    END IF;
    PERFORM audit.create_month((now() + make_interval(months => ahead))::date)
       FROM generate_series(0, 2) ahead
      WHERE last IS NULL OR date_trunc('month', now()) + make_interval(months => ahead) > last;
END $$;
