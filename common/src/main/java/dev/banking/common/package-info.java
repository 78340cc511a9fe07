/**
 * What two processes must agree on, byte for byte: the events, how they are written, how money
 * looks on the wire, and the broker: what its address looks like, and the names of its exchange,
 * queues and headers.
 *
 * <p>Promises: an event that {@link dev.banking.common.EventCodec} writes is read back equal, and
 * the same event is always the same bytes. Does not: publish, consume, store or configure anything.
 */
@NullMarked
package dev.banking.common;

import org.jspecify.annotations.NullMarked;
