/**
 * Who may talk to the API.
 *
 * <p>Promises: without authentication the API is reachable from this machine only, unless it was
 * told otherwise, and answers no request that a foreign page could have sent by a rebound name.
 * Does not: decide anything about money.
 */
@NullMarked
package dev.banking.api.security;

import org.jspecify.annotations.NullMarked;
