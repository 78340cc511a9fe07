package dev.banking.api.user;

import dev.banking.api.account.Accounts;
import dev.banking.api.cache.AccountCache;
import dev.banking.api.cache.CachedAccount;
import dev.banking.api.tracing.RequestTimes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The use case: show an account, from the cache when it is there. */
@Component
class ReadAccount {

  private final AccountCache cache;
  private final Accounts accounts;
  private final BoundedAccess access;
  private final Clock clock;

  ReadAccount(AccountCache cache, Accounts accounts, BoundedAccess access, Clock clock) {
    this.cache = cache;
    this.accounts = accounts;
    this.access = access;
    this.clock = clock;
  }

  /**
   * The account; empty when there is no such user.
   *
   * @param pastTheCache reads what is committed now
   * @param times of the request
   */
  Optional<CachedAccount> read(long userId, boolean pastTheCache, RequestTimes times) {
    var cached = pastTheCache ? null : cache.find(userId);
    return cached != null ? Optional.of(cached) : readThrough(userId, times);
  }

  private Optional<CachedAccount> readThrough(long userId, RequestTimes times) {
    var readAt = clock.instant();
    var account = access.call(times, () -> accounts.read(userId));
    account.ifPresent(found -> {
      // Nobody waits for it: the reader has its answer.
      var _ = cache.keepNewer(List.of(found), readAt);
    });
    return account;
  }
}
