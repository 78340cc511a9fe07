package dev.banking.api.user;

import dev.banking.api.account.Accounts;
import dev.banking.api.cache.AccountCache;
import dev.banking.api.ledger.Ledger;
import dev.banking.api.ledger.LedgerEntry;
import dev.banking.api.replica.Replica;
import dev.banking.api.tracing.RequestTimes;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The use case: show a user's ledger, from the replica when that has all of the page. */
@Component
class ReadTransactions {

  private final Ledger ledger;
  private final Accounts accounts;
  private final AccountCache cache;
  private final Replica replica;
  private final BoundedAccess access;

  ReadTransactions(
      Ledger ledger, Accounts accounts, AccountCache cache, Replica replica, BoundedAccess access) {
    this.ledger = ledger;
    this.accounts = accounts;
    this.cache = cache;
    this.replica = replica;
    this.access = access;
  }

  /**
   * Which entries.
   *
   * @param before exclusive; {@link Long#MAX_VALUE}: from the newest on
   * @param limit at most so many
   */
  record Range(long before, int limit) {}

  /**
   * The entries, newest first; empty when there is no such user.
   *
   * @param times of the request
   */
  Optional<List<LedgerEntry>> read(
      long userId, Range range, Freshness freshness, RequestTimes times) {
    var newest = newestExpected(userId, range.before(), freshness);
    return access.call(
        times, () -> fromReplica(userId, range, newest).or(() -> fromPrimary(userId, range)));
  }

  /** The sequence that the first entry of the page must have at least. */
  private long newestExpected(long userId, long before, Freshness freshness) {
    if (freshness.now() || !replica.isThere()) {
      return Long.MAX_VALUE;
    }
    if (before != Long.MAX_VALUE) {
      // There are no gaps: a copy that has the entry before has all that are below it.
      return before - 1;
    }
    var cached = cache.find(userId);
    var seen = cached.account() == null ? cached.oldestToShow() : cached.account().sequence();
    return Math.max(seen, freshness.minSequence());
  }

  private Optional<List<LedgerEntry>> fromReplica(long userId, Range range, long newest) {
    return newest == Long.MAX_VALUE
        ? Optional.empty()
        : replica.ask(database ->
            Optional.of(ledger.newestFirst(database, userId, range.before(), range.limit()))
                .filter(page -> !page.isEmpty() && page.getFirst().sequence() >= newest));
  }

  private Optional<List<LedgerEntry>> fromPrimary(long userId, Range range) {
    var page = ledger.newestFirst(userId, range.before(), range.limit());
    return page.isEmpty() && !accounts.exists(userId) ? Optional.empty() : Optional.of(page);
  }
}
