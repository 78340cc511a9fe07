-- While a hold is not released nothing that it touches may be dropped, however old: of the whole
-- book, or of a user. Who, why and when, and the same again for its release; neither can be changed.
CREATE TABLE legal_hold
(
    number    bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    user_id   bigint,
    reason    text        NOT NULL,
    actor     text        NOT NULL,
    os_user   text        NOT NULL,
    db_role   text        NOT NULL DEFAULT session_user,
    placed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT legal_hold_pkey PRIMARY KEY (number),
    CONSTRAINT legal_hold_reason_check CHECK (reason <> ''),
    CONSTRAINT legal_hold_user_check CHECK (user_id > 0)
);

COMMENT ON COLUMN legal_hold.user_id IS 'null: the whole book';

CREATE TABLE legal_hold_release
(
    number      bigint      NOT NULL,
    reason      text        NOT NULL,
    actor       text        NOT NULL,
    os_user     text        NOT NULL,
    db_role     text        NOT NULL DEFAULT session_user,
    released_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT legal_hold_release_pkey PRIMARY KEY (number),
    CONSTRAINT legal_hold_release_hold_fkey FOREIGN KEY (number) REFERENCES legal_hold (number),
    CONSTRAINT legal_hold_release_reason_check CHECK (reason <> '')
);

CREATE TRIGGER legal_hold_append_only
    BEFORE UPDATE OR DELETE ON legal_hold
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER legal_hold_no_truncate
    BEFORE TRUNCATE ON legal_hold
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE legal_hold ENABLE ALWAYS TRIGGER legal_hold_append_only;
ALTER TABLE legal_hold ENABLE ALWAYS TRIGGER legal_hold_no_truncate;

CREATE TRIGGER legal_hold_release_append_only
    BEFORE UPDATE OR DELETE ON legal_hold_release
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER legal_hold_release_no_truncate
    BEFORE TRUNCATE ON legal_hold_release
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE legal_hold_release ENABLE ALWAYS TRIGGER legal_hold_release_append_only;
ALTER TABLE legal_hold_release ENABLE ALWAYS TRIGGER legal_hold_release_no_truncate;

-- A foreign key locks the row that it names, for which the owner needs a right to update: kept.
REVOKE DELETE, TRUNCATE ON legal_hold FROM PUBLIC;
REVOKE DELETE, TRUNCATE ON legal_hold FROM CURRENT_USER;
REVOKE UPDATE, DELETE, TRUNCATE ON legal_hold_release FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON legal_hold_release FROM CURRENT_USER;
