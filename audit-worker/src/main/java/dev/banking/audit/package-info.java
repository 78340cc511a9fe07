/**
 * The audit worker: the queue {@code audit-log} in, an append-only chained book out.
 *
 * <p>Promises: starts and stays up while the broker is away, and ends in an orderly way while a
 * backend is away. Does not: know the ledger; the book is built from events alone, so that the two
 * can be held against each other.
 */
@NullMarked
package dev.banking.audit;

import org.jspecify.annotations.NullMarked;
