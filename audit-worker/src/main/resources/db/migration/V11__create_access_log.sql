-- Who read the book: a row for each page, answer and export, written before it is given.
CREATE TABLE access_log
(
    id         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor      text        NOT NULL,
    address    text        NOT NULL,
    path       text        NOT NULL,
    query      text        NOT NULL,
    request_id text        NOT NULL,
    CONSTRAINT access_log_pkey PRIMARY KEY (id)
);

CREATE TRIGGER access_log_append_only
    BEFORE UPDATE OR DELETE ON access_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER access_log_no_truncate
    BEFORE TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE access_log ENABLE ALWAYS TRIGGER access_log_append_only;
ALTER TABLE access_log ENABLE ALWAYS TRIGGER access_log_no_truncate;

REVOKE UPDATE, DELETE, TRUNCATE ON access_log FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON access_log FROM CURRENT_USER;
