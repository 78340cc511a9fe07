/**
 * Reads from a standby that follows the database.
 *
 * <p>Promises: what a client is shown is never older than it has seen. Does not: fail over; that is
 * a fault.
 */
@NullMarked
package dev.banking.loadtests.replica;

import org.jspecify.annotations.NullMarked;
