-- The head is the one row that changes, and it only goes forward: putting it back would let the
-- next entry continue an older chain.
CREATE FUNCTION refuse_to_go_back() RETURNS trigger
    LANGUAGE plpgsql
AS
$$
BEGIN
    IF NEW.position <= OLD.position OR NEW.recorded_at < OLD.recorded_at THEN
        RAISE EXCEPTION '%.% only advances', TG_TABLE_SCHEMA, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER chain_head_advances
    BEFORE UPDATE ON chain_head
    FOR EACH ROW EXECUTE FUNCTION refuse_to_go_back();
CREATE TRIGGER chain_head_stays
    BEFORE DELETE ON chain_head
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER chain_head_no_truncate
    BEFORE TRUNCATE ON chain_head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE chain_head ENABLE ALWAYS TRIGGER chain_head_advances;
ALTER TABLE chain_head ENABLE ALWAYS TRIGGER chain_head_stays;
ALTER TABLE chain_head ENABLE ALWAYS TRIGGER chain_head_no_truncate;

REVOKE INSERT, DELETE, TRUNCATE ON chain_head FROM PUBLIC;
REVOKE INSERT, DELETE, TRUNCATE ON chain_head FROM CURRENT_USER;
