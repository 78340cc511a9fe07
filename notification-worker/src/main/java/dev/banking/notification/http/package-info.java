/**
 * The worker's one web page.
 *
 * <p>Promises: {@code GET /api/health} answers while the process lives, and every error is in the
 * shape of all the applications. Does not: offer anything else; what ops need is on the management
 * port.
 */
@NullMarked
package dev.banking.notification.http;

import org.jspecify.annotations.NullMarked;
