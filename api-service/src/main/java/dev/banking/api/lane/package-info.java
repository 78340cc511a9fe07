/**
 * One writer per key. Commands of one key always meet in the same lane; a lane takes everything
 * that waits, up to a limit, as one batch, works on it, and takes the next: natural batching, never
 * a timer. A lone command is a batch of one and waits for nobody.
 *
 * <p>Promises: within one process, commands of one key are executed in the order of their arrival;
 * a command that was withdrawn is never executed; the queue is bounded and tells at once when it is
 * full. Does not: know what a command means, retry, or order anything across processes.
 */
@NullMarked
package dev.banking.api.lane;

import org.jspecify.annotations.NullMarked;
