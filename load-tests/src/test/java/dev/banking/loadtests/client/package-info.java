/**
 * HTTP clients that see what really happens on their connection, and write all of it down.
 *
 * <p>Promises: never repeats a request by itself; each has an id of its own. Does not: decide what
 * to ask, or judge the answers.
 */
@NullMarked
package dev.banking.loadtests.client;

import org.jspecify.annotations.NullMarked;
