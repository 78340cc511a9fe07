/**
 * What makes load, and what its answers took: wrk and pgbench as this machine has them, and open
 * arrivals of our own.
 *
 * <p>Promises: every run ends in bounded time, and every answer is counted, the unexpected ones
 * too. Does not: know what is measured, or why.
 */
@NullMarked
package dev.banking.loadtests.generator;

import org.jspecify.annotations.NullMarked;
