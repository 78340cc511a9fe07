/**
 * The ways to tell a user, and the loop that tries again.
 *
 * <p>Promises: every pending notification is tried until a channel takes it or its attempts are
 * used up, without holding a database connection while sending. Does not: promise the order of
 * notifications, nor that a channel which answers late is not asked twice.
 */
@NullMarked
package dev.banking.notification.delivery;

import org.jspecify.annotations.NullMarked;
