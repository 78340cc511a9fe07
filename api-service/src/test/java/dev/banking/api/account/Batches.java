package dev.banking.api.account;

import dev.banking.api.http.RequestContext;
import dev.banking.api.lane.LaneProperties;
import dev.banking.api.lane.Lanes;
import dev.banking.api.lane.Ticket;
import dev.banking.common.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Commands as a lane hands them over, for whoever executes a batch without one. */
final class Batches {

  /** A lane that is not asked to hurry. */
  private static final Duration LATER = Duration.ofSeconds(20);

  private static final LaneProperties LANE =
      new LaneProperties(1, 100, 100, 100, LATER, LATER, Duration.ofSeconds(1));

  private Batches() {}

  static BalanceChange change(long userId, long cents, @Nullable String key) {
    return new BalanceChange(
        userId,
        new Money(cents),
        key,
        null,
        OperationIds.next(),
        new RequestContext("me", "r", null));
  }

  /** The lane itself does nothing with them. */
  static List<Ticket<BalanceChange, Outcome>> tickets(BalanceChange... commands) {
    var batch = new ArrayList<Ticket<BalanceChange, Outcome>>();
    try (var lanes =
        new Lanes<BalanceChange, Outcome>(LANE, _ -> {}, _ -> new Outcome.Overloaded())) {
      for (var command : commands) {
        batch.add(Objects.requireNonNull(lanes.submit(1, command)));
      }
    }
    return batch;
  }

  /**
   * What becomes of them.
   *
   * @param limit for each
   */
  static List<Outcome> outcomesOf(List<Ticket<BalanceChange, Outcome>> batch, Duration limit) {
    return batch.stream()
        .map(ticket -> ticket.outcome().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join())
        .toList();
  }
}
