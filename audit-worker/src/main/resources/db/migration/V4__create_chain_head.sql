-- The last link of the chain. Who appends locks this row first, so that there is one chain however
-- many writers there are. Locking the last row of the book would not do: a writer that waited for
-- it would wake up holding a row that is no longer the last.
CREATE TABLE chain_head
(
    id          boolean     NOT NULL DEFAULT true,
    position    bigint      NOT NULL,
    hash        bytea       NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT chain_head_pkey PRIMARY KEY (id),
    CONSTRAINT chain_head_one_row_check CHECK (id),
    CONSTRAINT chain_head_hash_check CHECK (octet_length(hash) = 32)
)
    -- The row is updated by every batch: room on its page keeps the updates off the index.
    WITH (fillfactor = 10);

-- The start of every book: SHA-256 of the ASCII text "dev.banking/audit-log".
INSERT INTO chain_head (position, hash, recorded_at)
VALUES (0, sha256('dev.banking/audit-log'::bytea), '1970-01-01T00:00:00Z');
