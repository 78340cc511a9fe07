/**
 * What alternates: the API at several numbers of connections, PostgreSQL alone, the textbook way.
 *
 * <p>Promises: every round measures each of them in the same order, after the events of the one
 * before have arrived. Does not: compare figures of different runs.
 */
@NullMarked
package dev.banking.loadtests.rounds;

import org.jspecify.annotations.NullMarked;
