-- Events on their way to the broker. Ids are taken while the account's row is locked, so that for
-- one user their order is the order of the sequences. Rows leave by DELETE after the broker's
-- confirm; a table this busy is vacuumed by number of rows, not by share.
CREATE TABLE outbox (
  user_id     bigint      NOT NULL,
  id          bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  bucket      smallint    NOT NULL,
  event_id    uuid        NOT NULL,
  event_type  text        NOT NULL,
  payload     bytea       NOT NULL,
  traceparent text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  attempts    integer     NOT NULL DEFAULT 0,
  not_before  timestamptz,
  last_error  text,
  parked_at   timestamptz,
  CONSTRAINT outbox_pk PRIMARY KEY (user_id, id)
)
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
      autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000);

CREATE INDEX outbox_waiting ON outbox (id) WHERE parked_at IS NULL;

COMMENT ON COLUMN outbox.attempts IS 'how often the broker refused the event';
COMMENT ON COLUMN outbox.parked_at IS 'set when it was refused too often: waits for a person';

-- A locked row is the lease on all events of its bucket.
CREATE TABLE outbox_bucket (
  bucket smallint NOT NULL,
  CONSTRAINT outbox_bucket_pk PRIMARY KEY (bucket)
);

INSERT INTO outbox_bucket SELECT generate_series(0, 15);
