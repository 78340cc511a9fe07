/**
 * What every request and every reply has in common: request id, size limit, negotiation, headers,
 * JSON rules and one shape of errors.
 *
 * <p>Promises: every error has that shape, also those that the server raises before a controller is
 * reached; whatever is refused here is refused before anything moves. Does not: know accounts.
 */
@NullMarked
package dev.banking.api.http;

import org.jspecify.annotations.NullMarked;
