/**
 * {@code make bench} and {@code make soak}: the system, PostgreSQL alone and the textbook way, side
 * by side in one run on one machine.
 *
 * <p>Promises: alternating rounds and their medians, on a system that is warm and has caught up
 * with its events before each round; every ratio that was promised, also when it was missed. Does
 * not: compare figures of different runs or machines.
 */
@NullMarked
package dev.banking.loadtests.bench;

import org.jspecify.annotations.NullMarked;
