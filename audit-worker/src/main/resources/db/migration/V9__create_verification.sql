-- What each verification found, for the pages: by command and by the worker's own job.
CREATE TABLE verification
(
    id             bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    started_at     timestamptz NOT NULL,
    finished_at    timestamptz NOT NULL,
    source         text        NOT NULL,
    actor          text        NOT NULL,
    entries        bigint      NOT NULL,
    position       bigint      NOT NULL,
    checkpoints    bigint      NOT NULL,
    ledger_entries bigint,
    findings       bigint      NOT NULL,
    detail         text        NOT NULL,
    CONSTRAINT verification_pkey PRIMARY KEY (id),
    CONSTRAINT verification_source_check CHECK (source IN ('command', 'job'))
);

COMMENT ON COLUMN verification.position IS 'the last position that was read';
COMMENT ON COLUMN verification.ledger_entries IS 'null when the ledger was not compared';

CREATE TRIGGER verification_append_only
    BEFORE UPDATE OR DELETE ON verification
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER verification_no_truncate
    BEFORE TRUNCATE ON verification
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE verification ENABLE ALWAYS TRIGGER verification_append_only;
ALTER TABLE verification ENABLE ALWAYS TRIGGER verification_no_truncate;

REVOKE UPDATE, DELETE, TRUNCATE ON verification FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON verification FROM CURRENT_USER;
