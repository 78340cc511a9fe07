/**
 * Safe retries: the first outcome of a command that carries an {@code Idempotency-Key}, written in
 * the transaction that decided it.
 *
 * <p>Promises: at most one outcome per user and key, whatever number of processes decide at once;
 * an applied one is kept for good. Does not: compare or replay anything itself.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The
 *     Idempotency-Key HTTP header field</a>
 */
@NullMarked
package dev.banking.api.idempotency;

import org.jspecify.annotations.NullMarked;
