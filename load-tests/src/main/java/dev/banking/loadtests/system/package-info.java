/**
 * A system of our own to measure: what {@code make run} starts, on free ports and with data of its
 * own, and what its processes cost.
 *
 * <p>Promises: starts what users start, by starting the same program, and leaves neither a process
 * nor a file behind. Does not: know more about the applications than their processes, their
 * environment, their health and their tables.
 */
@NullMarked
package dev.banking.loadtests.system;

import org.jspecify.annotations.NullMarked;
