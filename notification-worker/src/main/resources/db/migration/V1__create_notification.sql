-- One row for each event that a user is to be told of. The key is the promise "told once": an event
-- id belongs to one user, and a key led by user_id lets the table be distributed by user.
CREATE TABLE notification.notification (
  user_id         bigint      NOT NULL,
  event_id        uuid        NOT NULL,
  sequence        bigint      NOT NULL,
  event_type      text        NOT NULL,
  channel         text        NOT NULL,
  status          text        NOT NULL,
  attempts        integer     NOT NULL,
  next_attempt_at timestamptz,
  last_error      text,
  payload         text        NOT NULL,
  request_id      text        NOT NULL,
  traceparent     text,
  occurred_at     timestamptz NOT NULL,
  created_at      timestamptz NOT NULL,
  sent_at         timestamptz,
  CONSTRAINT notification_pk PRIMARY KEY (user_id, event_id),
  CONSTRAINT notification_user_id_positive CHECK (user_id > 0),
  CONSTRAINT notification_sequence_positive CHECK (sequence > 0),
  CONSTRAINT notification_status_known CHECK (status IN ('PENDING', 'SENT', 'FAILED')),
  CONSTRAINT notification_pending_has_next_attempt
    CHECK ((status = 'PENDING') = (next_attempt_at IS NOT NULL)),
  CONSTRAINT notification_sent_has_time CHECK ((status = 'SENT') = (sent_at IS NOT NULL)),
  CONSTRAINT notification_attempts_not_negative CHECK (attempts >= 0),
  CONSTRAINT notification_last_error_short CHECK (length(last_error) <= 500),
  CONSTRAINT notification_request_id_short CHECK (length(request_id) <= 128),
  CONSTRAINT notification_payload_short CHECK (octet_length(payload) <= 65536)
);
