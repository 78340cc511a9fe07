/**
 * Changing a user's balance.
 *
 * <p>Promises: a change is decided by one writer, committed once with its ledger entry, its
 * remembered key and its event, and answered truthfully even when the connection dies around the
 * commit. Does not: publish events itself, or ever decide by what the cache says.
 *
 * <p>A request travels from {@code BalanceController} through {@code ChangeBalance}, a lane, {@code
 * BookBatch} and {@code Booking} to {@code Decision} and {@code Account}.
 */
@NullMarked
package dev.banking.api.account;

import org.jspecify.annotations.NullMarked;
