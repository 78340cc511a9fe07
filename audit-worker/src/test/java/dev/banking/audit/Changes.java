package dev.banking.audit;

import dev.banking.common.BalanceUpdateFailed;
import dev.banking.common.BalanceUpdated;
import dev.banking.common.BankingEvent;
import dev.banking.common.Money;
import dev.banking.common.UserCreated;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Events as a running API would make them: balances, sequences and ids fit together. */
public final class Changes {

  private static final Money OPENING = Money.parse("10000");

  private final RandomGenerator random;
  private final Map<Long, Long> sequences = new HashMap<>();
  private final Map<Long, Money> balances = new HashMap<>();
  private Instant time;

  public Changes(RandomGenerator random) {
    this(random, Instant.parse("2026-11-01T12:00:00.000001Z"));
  }

  /** The first of them at {@code start}, the others in the minutes and hours after it. */
  public Changes(RandomGenerator random, Instant start) {
    this.random = random;
    this.time = start.truncatedTo(ChronoUnit.MICROS);
  }

  /** So many changes of these users, some of them refused. */
  public List<BankingEvent> some(int count, long... users) {
    var events = new ArrayList<BankingEvent>(count);
    for (var i = 0; i < count; i++) {
      events.add(next(users[random.nextInt(users.length)]));
    }
    return events;
  }

  private BankingEvent next(long user) {
    time = time.plus(Duration.ofMillis(1 + random.nextInt(400_000)));
    var id = new UUID(random.nextLong(), random.nextLong());
    var request = "request-" + random.nextInt(1_000_000);
    var actor = random.nextInt(3) == 0 ? "ada" : "anonymous";
    var balance = balances.get(user);
    if (balance == null) {
      balances.put(user, OPENING);
      sequences.put(user, 1L);
      return new UserCreated(id, time, user, 1, id, OPENING, actor, request);
    }
    if (random.nextInt(10) == 0) {
      return new BalanceUpdateFailed(
          id,
          time,
          user,
          sequences.getOrDefault(user, 0L),
          id,
          Money.MAX.negated(),
          balance,
          random.nextInt(4) == 0 ? "balance_limit_exceeded" : "insufficient_funds",
          actor,
          request);
    }
    var amount = new Money(random.nextInt(20_000) - 9_000L);
    var change = amount.isZero() || balance.plus(amount).isNegative() ? new Money(250) : amount;
    var after = balance.plus(change);
    balances.put(user, after);
    var sequence = sequences.merge(user, 1L, Long::sum);
    return new BalanceUpdated(id, time, user, sequence, id, change, balance, after, actor, request);
  }
}
