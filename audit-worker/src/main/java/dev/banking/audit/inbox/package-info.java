/**
 * From the queue {@code audit-log} into the book, in batches and in the queue's order.
 *
 * <p>Promises: a message is acknowledged only after its event is committed, or after a copy of it
 * is safe in the parking queue; one bad message never takes its batch with it; while a backend is
 * away messages are kept and tried again. Does not: interpret events beyond reading them, or ever
 * ask the broker to count attempts.
 */
@NullMarked
package dev.banking.audit.inbox;

import org.jspecify.annotations.NullMarked;
