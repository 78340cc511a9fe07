package dev.banking.audit.stored;

import dev.banking.audit.stored.CopyRows.Row;
import java.security.MessageDigest;

/** One row of the ledger, as the book must have it; used again for each row. */
public final class LedgerEntry {

  public static final String COLUMNS =
      """
      operation_id, actor, user_id, sequence, operation_id, amount, balance - amount, balance,
      request_id, created_at\
      """;

  private final Canonical canonical = new Canonical();
  private long userId;

  /** Reads the row. */
  public void read(Row row) {
    canonical.clear();
    canonical.uuid(row);
    canonical.bytes(row);
    userId = canonical.number(row);
    canonical.number(row);
    canonical.uuid(row);
    canonical.amount(row);
    canonical.amount(row);
    canonical.amount(row);
    canonical.bytes(row);
    canonical.time(row);
  }

  public void hashChange(MessageDigest into) {
    into.update(canonical.array(), 0, canonical.length());
  }

  public long userId() {
    return userId;
  }
}
