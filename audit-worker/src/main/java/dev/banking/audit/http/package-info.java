/**
 * The worker's own port: for now, whether it is alive.
 *
 * <p>Promises: every answer is JSON, also to a request that no controller ever sees. Does not: show
 * anything of the book yet.
 */
@NullMarked
package dev.banking.audit.http;

import org.jspecify.annotations.NullMarked;
