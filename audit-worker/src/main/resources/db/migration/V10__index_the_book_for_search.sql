-- One index for each question that the pages ask; position last, so that the newest come first
-- without a sort. Refusals and creations are few: an index of their own, and of nothing else.
-- CONCURRENTLY: the worker that is being replaced goes on writing.
CREATE INDEX CONCURRENTLY audit_log_user_idx ON audit_log (user_id, position);
CREATE INDEX CONCURRENTLY audit_log_occurred_idx ON audit_log (occurred_at, position);
CREATE INDEX CONCURRENTLY audit_log_actor_idx ON audit_log (actor, position);
CREATE INDEX CONCURRENTLY audit_log_request_idx ON audit_log (request_id, position);
CREATE INDEX CONCURRENTLY audit_log_operation_idx ON audit_log (operation_id);
CREATE INDEX CONCURRENTLY audit_log_unusual_idx ON audit_log (outcome, position)
    WHERE outcome <> 'applied';
