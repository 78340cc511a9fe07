/**
 * What a connection costs.
 *
 * <p>Promises: a thousand clients at once fit into a heap of 256 MiB. Does not: know what a request
 * means; errors that the server raises itself are answered by {@code http}.
 */
@NullMarked
package dev.banking.api.server;

import org.jspecify.annotations.NullMarked;
