-- What people did to the system by hand, such as a replay of parked messages: written down before
-- it is done, and again when it is done or has failed. The commands of both workers write here.
CREATE TABLE operator_action
(
    position     bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    operation_id uuid        NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor        text        NOT NULL,
    os_user      text        NOT NULL,
    db_role      text        NOT NULL DEFAULT session_user,
    action       text        NOT NULL,
    phase        text        NOT NULL,
    source       text        NOT NULL,
    target       text        NOT NULL,
    message_ids  text[]      NOT NULL,
    detail       text        NOT NULL,
    CONSTRAINT operator_action_pkey PRIMARY KEY (position),
    CONSTRAINT operator_action_phase_once UNIQUE (operation_id, phase),
    CONSTRAINT operator_action_phase_check CHECK (phase IN ('intended', 'done', 'failed'))
);

COMMENT ON COLUMN operator_action.actor IS 'who said to have done it';
COMMENT ON COLUMN operator_action.os_user IS 'the account of the machine that did it';

CREATE TRIGGER operator_action_append_only
    BEFORE UPDATE OR DELETE ON operator_action
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER operator_action_no_truncate
    BEFORE TRUNCATE ON operator_action
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE operator_action ENABLE ALWAYS TRIGGER operator_action_append_only;
ALTER TABLE operator_action ENABLE ALWAYS TRIGGER operator_action_no_truncate;

REVOKE UPDATE, DELETE, TRUNCATE ON operator_action FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON operator_action FROM CURRENT_USER;
