-- The book: one row for each event, in the order in which it was written down.
--
-- Decision: position is the primary key, and event_id is not unique here.
-- Context:  the book will be partitioned by month of recorded_at. A unique constraint on a
--           partitioned table must contain the partition key, so that unique (event_id) could not
--           stay, and unique (event_id, recorded_at) would let a redelivered event in again.
-- So:       recorded_event (V3), which is never partitioned, holds the ids. Positions come from the
--           locked head (V4), so that their uniqueness does not hang on this key once the key of
--           the partitions is (position, recorded_at).
--           recorded_at never goes back along the chain, so that a month is one stretch of it and
--           the oldest month can be detached without leaving a hole.
--
-- The columns are hashed as docs/audit-format.md says, byte for byte. A column that is added later
-- is not covered by the hashes of format 1: it needs a new number in "format".
CREATE TABLE audit_log
(
    position       bigint         NOT NULL,
    format         smallint       NOT NULL,
    event_id       uuid           NOT NULL,
    event_type     text           NOT NULL,
    actor          text           NOT NULL,
    user_id        bigint         NOT NULL,
    sequence       bigint         NOT NULL,
    operation_id   uuid           NOT NULL,
    amount         numeric(15, 2) NOT NULL,
    balance_before numeric(15, 2) NOT NULL,
    balance_after  numeric(15, 2) NOT NULL,
    outcome        text           NOT NULL,
    reason         text,
    request_id     text           NOT NULL,
    traceparent    text,
    occurred_at    timestamptz    NOT NULL,
    recorded_at    timestamptz    NOT NULL,
    event          bytea          NOT NULL,
    previous_hash  bytea          NOT NULL,
    hash           bytea          NOT NULL,
    CONSTRAINT audit_log_pkey PRIMARY KEY (position),
    CONSTRAINT audit_log_position_check CHECK (position > 0),
    CONSTRAINT audit_log_outcome_check CHECK (outcome IN ('applied', 'refused', 'created')),
    CONSTRAINT audit_log_reason_check CHECK ((outcome = 'refused') = (reason IS NOT NULL)),
    CONSTRAINT audit_log_hash_check
        CHECK (octet_length(previous_hash) = 32 AND octet_length(hash) = 32)
);
