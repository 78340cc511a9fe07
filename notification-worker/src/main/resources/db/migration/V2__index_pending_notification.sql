-- What is due, in the order in which it is due. With the log channel it stays empty.
CREATE INDEX notification_pending
  ON notification.notification (next_attempt_at)
  WHERE status = 'PENDING';
