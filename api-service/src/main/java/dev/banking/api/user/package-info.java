/**
 * Creating users, showing them and their ledger.
 *
 * <p>Promises: a user is committed once with the opening entry, the key and the event; with no
 * failure a reader never sees an older balance than one that was answered before. Does not: change
 * a balance; that is {@link dev.banking.api.account}.
 */
@NullMarked
package dev.banking.api.user;

import org.jspecify.annotations.NullMarked;
