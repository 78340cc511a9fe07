/**
 * The textbook way, to compare with: an HTTP server that handles each change of a balance in a
 * transaction of its own, with optimistic locking and repetition.
 *
 * <p>Promises: exact balances and a ledger, durable before it answers. Does not: send events, know
 * idempotency keys, keep a cache: it does less than the system that it is compared with.
 */
@NullMarked
package dev.banking.loadtests.textbook;

import org.jspecify.annotations.NullMarked;
