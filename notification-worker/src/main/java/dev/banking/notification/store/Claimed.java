package dev.banking.notification.store;

/**
 * A pending notification that this worker alone may try to send until its lease ends.
 *
 * @param notification what to tell
 * @param attempt 1 for the first; also the proof of holding the lease, because every claim raises
 *     it
 */
public record Claimed(Notification notification, int attempt) {}
