package dev.banking.api.user;

import dev.banking.api.ledger.LedgerEntry;
import dev.banking.common.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * A ledger entry as shown.
 *
 * @param sequence the number of the change
 * @param amount signed
 * @param balance after the change
 * @param operationId the command
 * @param createdAt when it was decided
 */
record Transaction(
    long sequence, Money amount, Money balance, UUID operationId, Instant createdAt) {

  static Transaction of(LedgerEntry entry) {
    return new Transaction(
        entry.sequence(), entry.amount(), entry.balance(), entry.operationId(), entry.createdAt());
  }
}
