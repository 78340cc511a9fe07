package dev.banking.api.user;

import dev.banking.api.account.Accounts;
import dev.banking.api.cache.AccountCache;
import dev.banking.api.cache.CacheAnswer;
import dev.banking.api.cache.CachedAccount;
import dev.banking.api.replica.Replica;
import dev.banking.api.tracing.RequestTimes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The use case: show an account, from the cache when it is there, else from the replica when that
 * is new enough, else from the primary.
 */
@Component
class ReadAccount {

  private final AccountCache cache;
  private final Accounts accounts;
  private final Replica replica;
  private final BoundedAccess access;
  private final Clock clock;

  ReadAccount(
      AccountCache cache, Accounts accounts, Replica replica, BoundedAccess access, Clock clock) {
    this.cache = cache;
    this.accounts = accounts;
    this.replica = replica;
    this.access = access;
    this.clock = clock;
  }

  /**
   * The account; empty when there is no such user. What the client has not seen yet it may be shown
   * nevertheless: a floor that nobody has reached is no error.
   *
   * @param times of the request
   */
  Optional<CachedAccount> read(long userId, Freshness freshness, RequestTimes times) {
    var cached = freshness.now() ? CacheAnswer.UNKNOWN : cache.find(userId);
    var account = cached.account();
    return account != null && account.sequence() >= freshness.minSequence()
        ? Optional.of(account)
        : readThrough(userId, Math.max(cached.oldestToShow(), freshness.minSequence()), times);
  }

  private Optional<CachedAccount> readThrough(long userId, long oldestToShow, RequestTimes times) {
    // What the replica shows was true that long ago, and counts from then.
    var readAt = clock.instant().minus(replica.maxLag());
    var account =
        access.call(times, () -> fromReplica(userId, oldestToShow).or(() -> accounts.read(userId)));
    account.ifPresent(found -> {
      var kept = cache.keepNewer(List.of(found), readAt);
      // Nobody waits for it, but where the next reader would be shown an older one by the replica.
      if (replica.isThere()) {
        kept.join();
      }
    });
    return account;
  }

  private Optional<CachedAccount> fromReplica(long userId, long oldestToShow) {
    return oldestToShow == Long.MAX_VALUE
        ? Optional.empty()
        : replica.ask(database ->
            accounts.read(database, userId).filter(account -> account.sequence() >= oldestToShow));
  }
}
