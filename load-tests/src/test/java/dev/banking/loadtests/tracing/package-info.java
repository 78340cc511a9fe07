/**
 * What the running system tells about its work: traces and logs, as whoever collects them gets
 * them.
 *
 * <p>Promises: the real applications, and nothing of theirs but what they send and print. Does not:
 * look at metrics.
 */
@NullMarked
package dev.banking.loadtests.tracing;

import org.jspecify.annotations.NullMarked;
