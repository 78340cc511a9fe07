/**
 * The table of notifications.
 *
 * <p>Promises: an event is in the table once, however often it is inserted, and an attempt's result
 * is written only by who holds the attempt. Does not: begin transactions, or decide when to try
 * again.
 */
@NullMarked
package dev.banking.notification.store;

import org.jspecify.annotations.NullMarked;
