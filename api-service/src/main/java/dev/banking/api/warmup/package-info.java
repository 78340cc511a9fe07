/**
 * Runs the way of a request before the first one comes: the first requests of a cold process would
 * otherwise wait for class loading and the compiler.
 *
 * <p>Promises: moves no money, leaves no row and publishes nothing; takes a bounded time; readiness
 * waits for it. Does not: fail the start, whatever happens to it.
 */
@NullMarked
package dev.banking.api.warmup;

import org.jspecify.annotations.NullMarked;
