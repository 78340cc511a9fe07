/**
 * The ledger: every applied change of every user, append-only.
 *
 * <p>Promises: one entry per applied change, numbered per user without gaps, written in the
 * transaction that changed the account. Does not: decide whether a change may happen, or start
 * transactions.
 */
@NullMarked
package dev.banking.api.ledger;

import org.jspecify.annotations.NullMarked;
