/**
 * The audit worker: the queue {@code audit-log} in, an append-only chained book out.
 *
 * <p>Promises: starts and stays up while the broker is away, and ends in an orderly way while a
 * backend is away. Does not: use the ledger to write; the book is built from events alone, so that
 * {@link dev.banking.audit.reconcile} can hold the two against each other.
 */
@NullMarked
package dev.banking.audit;

import org.jspecify.annotations.NullMarked;
