-- The identity of users is handed out from 2 on: 1 is the demo user.
CREATE SEQUENCE user_id_seq START WITH 2;

CREATE TABLE account (
  user_id    bigint         NOT NULL,
  balance    numeric(15, 2) NOT NULL,
  sequence   bigint         NOT NULL,
  version    bigint         NOT NULL,
  created_at timestamptz    NOT NULL,
  updated_at timestamptz    NOT NULL,
  CONSTRAINT account_pk PRIMARY KEY (user_id),
  CONSTRAINT account_user_id_positive CHECK (user_id > 0),
  CONSTRAINT account_balance_not_negative CHECK (balance >= 0),
  CONSTRAINT account_sequence_not_negative CHECK (sequence >= 0)
)
-- One row is updated thousands of times a second: room on its page keeps those updates off the
-- index (heap-only tuples), and the page is pruned by the next update.
WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

COMMENT ON COLUMN account.sequence IS 'number of the last applied change: 1, 2, 3, … without gaps';
COMMENT ON COLUMN account.version IS 'the optimistic lock; private to the application';
