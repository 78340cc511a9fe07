/**
 * The worker's own port: whether it is alive, and what every answer has.
 *
 * <p>Promises: every error has the one shape, also of a request that no controller ever sees; a
 * browser gets a page. Does not: know the book.
 */
@NullMarked
package dev.banking.audit.http;

import org.jspecify.annotations.NullMarked;
