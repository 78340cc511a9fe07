/**
 * The transactional outbox: events are written in the transaction that they tell of, and published
 * afterwards, at least once.
 *
 * <p>Promises: an event is published if and only if its transaction committed; per user in the
 * order of sequences as long as the broker refuses nothing; a broker that is away costs HTTP
 * nothing. Does not: publish exactly once; consumers deduplicate by the event's id.
 */
@NullMarked
package dev.banking.api.outbox;

import org.jspecify.annotations.NullMarked;
