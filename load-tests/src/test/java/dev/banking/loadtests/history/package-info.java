/**
 * The history checker: compares what clients saw with what the ledger says, and finds every answer
 * that cannot be true.
 *
 * <p>Promises: pure; a violation names the user, the sequence and the operations that contradict
 * each other; the work grows with the number of operations, not with its square; a history that
 * could have come from one account, changed by one command at a time, passes. Does not: read HTTP
 * or SQL, or blame an operation for an answer that never arrived.
 */
@NullMarked
package dev.banking.loadtests.history;

import org.jspecify.annotations.NullMarked;
