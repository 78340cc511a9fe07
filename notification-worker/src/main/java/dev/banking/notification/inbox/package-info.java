/**
 * From the queue into the table.
 *
 * <p>Promises: a message is acknowledged after its event is committed or the message itself is
 * confirmed in the parking queue; one bad message never takes its batch with it. Does not: tell
 * users by anything that can be slow.
 */
@NullMarked
package dev.banking.notification.inbox;

import org.jspecify.annotations.NullMarked;
