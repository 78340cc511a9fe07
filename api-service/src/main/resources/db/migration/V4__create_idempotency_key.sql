-- The first outcome of a command that carries a key, written in the transaction that decided it.
-- Applied outcomes are kept for good, so that an applied key never runs twice; refused ones are
-- removed after the retention.
CREATE TABLE idempotency_key (
  user_id         bigint         NOT NULL,
  idempotency_key text           NOT NULL,
  amount          numeric(15, 2) NOT NULL,
  refusal         text,
  sequence        bigint         NOT NULL,
  balance         numeric(15, 2) NOT NULL,
  decided_at      timestamptz    NOT NULL,
  CONSTRAINT idempotency_key_pk PRIMARY KEY (user_id, idempotency_key)
);

COMMENT ON COLUMN idempotency_key.refusal IS 'null: applied; else the error.type that was answered';
COMMENT ON COLUMN idempotency_key.sequence IS 'of the applied change, or of the state judged by';

CREATE INDEX idempotency_key_refused ON idempotency_key (decided_at) WHERE refusal IS NOT NULL;

-- The same for the creation of users, who have no id yet when the key is sent.
CREATE TABLE creation_key (
  actor           text           NOT NULL,
  idempotency_key text           NOT NULL,
  user_id         bigint         NOT NULL,
  initial_balance numeric(15, 2) NOT NULL,
  created_at      timestamptz    NOT NULL,
  CONSTRAINT creation_key_pk PRIMARY KEY (actor, idempotency_key)
);
