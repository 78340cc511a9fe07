-- No foreign key to account: an entry is only ever written beside the versioned update of its account,
-- and a check per row would cost as much as the row.
CREATE TABLE ledger_entry (
  user_id      bigint         NOT NULL,
  sequence     bigint         NOT NULL,
  amount       numeric(15, 2) NOT NULL,
  balance      numeric(15, 2) NOT NULL,
  operation_id uuid           NOT NULL,
  actor        text           NOT NULL,
  request_id   text           NOT NULL,
  created_at   timestamptz    NOT NULL,
  CONSTRAINT ledger_entry_pk PRIMARY KEY (user_id, sequence),
  CONSTRAINT ledger_entry_operation_unique UNIQUE (user_id, operation_id),
  CONSTRAINT ledger_entry_sequence_positive CHECK (sequence > 0),
  CONSTRAINT ledger_entry_amount_not_zero CHECK (amount <> 0),
  CONSTRAINT ledger_entry_balance_not_negative CHECK (balance >= 0)
);

COMMENT ON COLUMN ledger_entry.balance IS 'the balance after this entry';
