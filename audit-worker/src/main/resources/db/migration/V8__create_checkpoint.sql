-- The signed heads of the book. Who rewrites the chain and its head cannot sign for it: the key is
-- outside of the database. docs/audit-format.md says what is signed, byte for byte.
--
-- frontier is not signed, and need not be: the peaks of the tree whose root is signed, so that the
-- next checkpoint reads only the entries that are new. It gives the root again, or is not used.
CREATE TABLE checkpoint
(
    number     bigint      NOT NULL,
    position   bigint      NOT NULL,
    hash       bytea       NOT NULL,
    root       bytea       NOT NULL,
    created_at timestamptz NOT NULL,
    key_id     bytea       NOT NULL,
    signature  bytea       NOT NULL,
    frontier   bytea       NOT NULL,
    -- Of several workers that sign at once, one wins by this key.
    CONSTRAINT checkpoint_pkey PRIMARY KEY (number),
    CONSTRAINT checkpoint_number_check CHECK (number > 0),
    CONSTRAINT checkpoint_position_check CHECK (position > 0),
    CONSTRAINT checkpoint_hash_check
        CHECK (octet_length(hash) = 32 AND octet_length(root) = 32 AND octet_length(key_id) = 32),
    CONSTRAINT checkpoint_signature_check CHECK (octet_length(signature) = 64)
);

CREATE INDEX checkpoint_position_idx ON checkpoint (position);

-- The roots of the tree's blocks of 256 entries, so that a proof reads one block and these instead
-- of the whole book. Derived: a proof that does not lead to a signed root is not handed out.
CREATE TABLE tree_block
(
    number bigint NOT NULL,
    root   bytea  NOT NULL,
    CONSTRAINT tree_block_pkey PRIMARY KEY (number),
    CONSTRAINT tree_block_root_check CHECK (octet_length(root) = 32)
);

CREATE TRIGGER checkpoint_append_only
    BEFORE UPDATE OR DELETE ON checkpoint
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoint_no_truncate
    BEFORE TRUNCATE ON checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE checkpoint ENABLE ALWAYS TRIGGER checkpoint_append_only;
ALTER TABLE checkpoint ENABLE ALWAYS TRIGGER checkpoint_no_truncate;

CREATE TRIGGER tree_block_append_only
    BEFORE UPDATE OR DELETE ON tree_block
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tree_block_no_truncate
    BEFORE TRUNCATE ON tree_block
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE tree_block ENABLE ALWAYS TRIGGER tree_block_append_only;
ALTER TABLE tree_block ENABLE ALWAYS TRIGGER tree_block_no_truncate;

REVOKE UPDATE, DELETE, TRUNCATE ON checkpoint, tree_block FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON checkpoint, tree_block FROM CURRENT_USER;
