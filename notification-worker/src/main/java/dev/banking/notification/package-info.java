/**
 * The notification worker: the {@code notifications} queue in, each user told once.
 *
 * <p>Promises: a message leaves the queue only when its event is in {@code
 * notification.notification} or the message is in the parking queue. Does not: judge balances, keep
 * books, or call the API.
 */
@NullMarked
package dev.banking.notification;

import org.jspecify.annotations.NullMarked;
