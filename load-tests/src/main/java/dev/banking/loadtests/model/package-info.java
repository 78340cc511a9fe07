/**
 * What the measured costs say about loads and machines that were not measured: a small simulation
 * of clients that wait, lanes that batch and processors that are shared.
 *
 * <p>Promises: the same figures give the same answers, always; its error on every measured point is
 * printed beside the point. Does not: measure, or know anything of networks, garbage collection or
 * bad luck. Times are in milliseconds.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Little%27s_law">Little's law</a>
 */
@NullMarked
package dev.banking.loadtests.model;

import org.jspecify.annotations.NullMarked;
