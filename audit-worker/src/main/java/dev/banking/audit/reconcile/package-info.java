/**
 * Holds the books against each other: account, ledger, outbox, audit book and notifications, by
 * command and as a job of the worker.
 *
 * <p>Promises: one snapshot of all schemas, read only, in memory that does not grow with the books;
 * what is on its way is no difference. Does not: repair anything, or trust the worker's own code:
 * it asks the tables alone.
 */
@NullMarked
package dev.banking.audit.reconcile;

import org.jspecify.annotations.NullMarked;
