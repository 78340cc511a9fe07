/**
 * Who may talk to the API, and about whom.
 *
 * <p>Promises: with {@code AUTH_MODE=jwt} no handler is reached without a verified token that
 * allows it for that user, and the actor in ledger and events is the token's subject. With {@code
 * none} the API is reachable from this machine only, unless it was told otherwise, and answers no
 * request that a foreign page could have sent by a rebound name. Does not: issue tokens, or decide
 * anything about money.
 */
@NullMarked
package dev.banking.api.security;

import org.jspecify.annotations.NullMarked;
