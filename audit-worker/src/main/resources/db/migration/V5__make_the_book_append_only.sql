-- Row triggers do not see TRUNCATE, so that each table has two. ALWAYS: also in a session that has
-- set session_replication_role, which would pass ordinary triggers by.
CREATE TRIGGER audit_log_append_only
    BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_no_truncate
    BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_append_only;
ALTER TABLE audit_log ENABLE ALWAYS TRIGGER audit_log_no_truncate;

CREATE TRIGGER recorded_event_append_only
    BEFORE UPDATE OR DELETE ON recorded_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recorded_event_no_truncate
    BEFORE TRUNCATE ON recorded_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE recorded_event ENABLE ALWAYS TRIGGER recorded_event_append_only;
ALTER TABLE recorded_event ENABLE ALWAYS TRIGGER recorded_event_no_truncate;

-- The right is gone as well as the way: for everybody, and for the owner's role, which is the
-- applications' own.
REVOKE UPDATE, DELETE, TRUNCATE ON audit_log, recorded_event FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON audit_log, recorded_event FROM CURRENT_USER;
