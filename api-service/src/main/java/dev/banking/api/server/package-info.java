/**
 * What a connection costs, and what Tomcat would do in its own way.
 *
 * <p>Promises: a thousand clients at once fit into a heap of 256 MiB; TRACE is never served. Does
 * not: know what a request means; errors that the server raises itself are answered by {@code
 * http}.
 */
@NullMarked
package dev.banking.api.server;

import org.jspecify.annotations.NullMarked;
