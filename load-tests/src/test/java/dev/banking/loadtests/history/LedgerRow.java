package dev.banking.loadtests.history;

/**
 * One row of {@code banking.ledger_entry}.
 *
 * @param cents the signed amount
 * @param balanceCents the balance after it
 */
public record LedgerRow(
    long userId, long sequence, long cents, long balanceCents, String requestId) {}
