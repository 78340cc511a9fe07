/**
 * The whole system as something to be broken: the real jars and the real backends, each a process
 * that can be killed, with proxies between them that can lose what they carry.
 *
 * <p>Promises: free ports, data of its own, nothing left behind. Does not: judge, or know anything
 * of the applications beyond their jars and their environment.
 */
@NullMarked
package dev.banking.loadtests.bank;

import org.jspecify.annotations.NullMarked;
