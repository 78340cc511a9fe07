/**
 * A streaming standby of the database, which answers reads that need not be of this very moment.
 *
 * <p>Promises: it is only asked while it has everything that the primary had a bounded time ago; a
 * question that it cannot answer costs little and is for the primary. Does not: serve a decision
 * about money, ever; know any table.
 */
@NullMarked
package dev.banking.api.replica;

import org.jspecify.annotations.NullMarked;
