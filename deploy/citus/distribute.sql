-- Distributes the schema by user_id over the workers of a Citus cluster. Once, on the coordinator, after the
-- applications' migrations and before the first request, in the database of the bank and as a superuser:
--
--   psql -v ON_ERROR_STOP=1 -d banking -f deploy/citus/distribute.sql
--
-- For Citus 14 (PostgreSQL 18). Not run here: no Citus can be had on the machine that this was written on. What it
-- rests on, and what is known to change, is in docs/scaling.md, "Distributed SQL".
--
-- The applications keep talking to the coordinator, with the roles that they have: CREATE ROLE and GRANT reach the
-- workers by themselves. Migrations that come later are distributed by Citus too (ALTER TABLE, CREATE INDEX
-- CONCURRENTLY); one that creates a table adds a line here.
BEGIN;

-- Row triggers on shards are allowed only by this name. Ours is safe where it runs: it looks at nothing and refuses.
-- Whoever moves shards later sets it too, or the copy has no trigger.
SET LOCAL citus.enable_unsafe_triggers = on;

-- A TRUNCATE trigger belongs to the statement, and Citus takes none of those: it comes back below, on each shard.
DROP TRIGGER ledger_entry_no_truncate ON banking.ledger_entry;

-- One group of shards: all rows of a user are on one worker, and a transaction that names one user has one commit.
SELECT create_distributed_table('banking.account', 'user_id', colocate_with => 'none', shard_count => 64);
SELECT create_distributed_table('banking.ledger_entry', 'user_id', colocate_with => 'banking.account');
SELECT create_distributed_table('banking.idempotency_key', 'user_id', colocate_with => 'banking.account');
-- Its ids come from the coordinator's sequence while the applications talk to the coordinator. A worker would hand out
-- numbers of its own range, and the order of a user's events would be lost where a user's changes came by two ways.
SELECT create_distributed_table('banking.outbox', 'user_id', colocate_with => 'banking.account');
SELECT create_distributed_table('notification.notification', 'user_id', colocate_with => 'banking.account');

-- A key of a creation is looked up by who asks and by nothing else. Creating a user so touches two shards, and pays for
-- a commit in two phases when they are on two workers; it is rare.
SELECT create_distributed_table('banking.creation_key', 'actor', colocate_with => 'none', shard_count => 16);

COMMIT;

-- Placements are tables of their own, on the workers; their name is the %s. Moving a shard loses this trigger: run this
-- statement again after citus_rebalance_start(). The runtime role may not TRUNCATE in any case.
SELECT run_command_on_placements(
  'banking.ledger_entry',
  $$CREATE OR REPLACE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON %s
    FOR EACH STATEMENT EXECUTE FUNCTION banking.refuse_change()$$);

-- What stays a table of the coordinator, by leaving it alone:
--   banking.outbox_bucket        leases are row locks, and there must be one row to lock: sixteen rows in one place
--   banking.user_id_seq          asked for once for each new user
--   */flyway_schema_history      migrations run on the coordinator, as the owner
--   audit.*                      one chain, one head: a book that is split is several books (docs/scaling.md)

-- Every key of a distributed table holds its column; Citus has refused the table above if not. What is where:
SELECT table_name, citus_table_type, distribution_column, colocation_id, shard_count
FROM citus_tables ORDER BY table_name::text;
