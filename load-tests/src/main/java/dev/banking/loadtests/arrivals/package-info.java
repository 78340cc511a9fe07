/**
 * Load that does not wait for its answers: the rate that all parts follow, the backlog after full
 * speed, latency against the offered rate, a noisy neighbour.
 *
 * <p>Promises: latency from when a request was due. Does not: call a rate sustained when a single
 * event is late or missing.
 */
@NullMarked
package dev.banking.loadtests.arrivals;

import org.jspecify.annotations.NullMarked;
