/**
 * Leaves a channel alone that keeps failing.
 *
 * <p>Promises: what is not tried uses up no attempt; a channel that is back is found by a few
 * attempts, not by all at once. Does not: know what a channel does, or decide what to try again.
 */
@NullMarked
package dev.banking.notification.breaker;

import org.jspecify.annotations.NullMarked;
