-- Where the book begins after old months were dropped: signed as a checkpoint is, so that a missing
-- beginning without a cut is what it looks like. docs/audit-format.md says what is signed.
--
-- edge is not signed, and need not be: the hashes of the dropped entries in the tree's last block
-- that is not complete, so that later entries of that block can still be proven.
CREATE TABLE cut
(
    number     bigint      NOT NULL,
    position   bigint      NOT NULL,
    hash       bytea       NOT NULL,
    frontier   bytea       NOT NULL,
    checkpoint bigint      NOT NULL,
    before     timestamptz NOT NULL,
    events     bytea       NOT NULL,
    archive    bytea       NOT NULL,
    created_at timestamptz NOT NULL,
    key_id     bytea       NOT NULL,
    signature  bytea       NOT NULL,
    edge       bytea       NOT NULL,
    CONSTRAINT cut_pkey PRIMARY KEY (number),
    CONSTRAINT cut_position_once UNIQUE (position),
    CONSTRAINT cut_number_check CHECK (number > 0),
    CONSTRAINT cut_position_check CHECK (position > 0),
    CONSTRAINT cut_hash_check
        CHECK (octet_length(hash) = 32 AND octet_length(events) = 32
            AND octet_length(archive) = 32 AND octet_length(key_id) = 32),
    CONSTRAINT cut_signature_check CHECK (octet_length(signature) = 64)
);

COMMENT ON COLUMN cut.position IS 'the last entry that is gone';
COMMENT ON COLUMN cut.archive IS 'SHA-256 of the file that has the entries';

CREATE TRIGGER cut_append_only
    BEFORE UPDATE OR DELETE ON cut
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cut_no_truncate
    BEFORE TRUNCATE ON cut
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE cut ENABLE ALWAYS TRIGGER cut_append_only;
ALTER TABLE cut ENABLE ALWAYS TRIGGER cut_no_truncate;
REVOKE UPDATE, DELETE, TRUNCATE ON cut FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON cut FROM CURRENT_USER;

-- How long entries are kept; null: for ever. The owner's word, written anew at every start from
-- AUDIT_RETENTION: the worker's own role cannot shorten it.
CREATE FUNCTION retention() RETURNS interval LANGUAGE sql STABLE AS 'SELECT NULL::interval';

-- Drops the oldest month. Whoever calls it, the database sees to it that the month is old enough,
-- that it is the oldest, that a cut says so and a later head is signed, and that nothing is held.
-- A reader of the month is not waited for: the caller comes again.
CREATE FUNCTION retire_month(month date) RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET timezone = 'UTC'
    SET lock_timeout = '1s'
AS
$$
DECLARE
    part    text := 'audit_log_' || to_char(month, 'YYYY_MM');
    until   timestamptz := date_trunc('month', month::timestamp)::timestamptz + interval '1 month';
    oldest  text;
    last    bigint;
    holding bigint;
BEGIN
    -- A hold that is being placed comes first, or has to wait.
    LOCK TABLE audit.legal_hold, audit.legal_hold_release IN SHARE MODE;
    SELECT min(c.relname) INTO oldest FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'audit.audit_log'::regclass;
    IF part IS DISTINCT FROM oldest THEN
        RAISE EXCEPTION '% is not the oldest month of the book', part
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT coalesce(until <= now() - audit.retention(), false) THEN
        RAISE EXCEPTION '% is not old enough to be dropped', part
            USING ERRCODE = 'restrict_violation';
    END IF;
    EXECUTE format('SELECT max(position) FROM audit.%I', part) INTO last;
    IF last IS NOT NULL AND NOT EXISTS (SELECT FROM audit.cut c
            WHERE c.position = last AND c.number = (SELECT max(number) FROM audit.cut)
              AND EXISTS (SELECT FROM audit.checkpoint p WHERE p.position > last)) THEN
        RAISE EXCEPTION '% has no cut, or no signed head after it', part
            USING ERRCODE = 'restrict_violation';
    END IF;
    EXECUTE format('SELECT min(h.number) FROM audit.legal_hold h'
        ' WHERE NOT EXISTS (SELECT FROM audit.legal_hold_release r WHERE r.number = h.number)'
        ' AND (h.user_id IS NULL OR EXISTS (SELECT FROM audit.%I e WHERE e.user_id = h.user_id))',
        part) INTO holding;
    IF holding IS NOT NULL THEN
        RAISE EXCEPTION '% is held: hold %', part, holding USING ERRCODE = 'restrict_violation';
    END IF;
    EXECUTE format('DROP TABLE audit.%I', part);
END
$$;
REVOKE EXECUTE ON FUNCTION retire_month FROM PUBLIC;
