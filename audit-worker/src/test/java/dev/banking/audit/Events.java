package dev.banking.audit;

import dev.banking.common.BalanceUpdateFailed;
import dev.banking.common.BalanceUpdated;
import dev.banking.common.Money;
import dev.banking.common.UserCreated;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** Events as the API would publish them. */
final class Events {

  static final Instant TIME = Instant.parse("2026-11-01T12:00:00.000001Z");

  private Events() {}

  static BalanceUpdated updated(long user, long sequence) {
    return updated(user, sequence, "anonymous");
  }

  static BalanceUpdated updated(long user, long sequence, String actor) {
    return new BalanceUpdated(
        UUID.randomUUID(),
        TIME,
        user,
        sequence,
        UUID.randomUUID(),
        Money.parse("-2"),
        Money.parse("10000"),
        Money.parse("9998"),
        actor,
        "request-" + sequence);
  }

  /** Sequences 1 to {@code count} of one user. */
  static List<BalanceUpdated> updates(long user, long count) {
    return LongStream.rangeClosed(1, count).mapToObj(n -> updated(user, n)).toList();
  }

  static BalanceUpdateFailed failed(long user, long sequence) {
    return new BalanceUpdateFailed(
        UUID.randomUUID(),
        TIME,
        user,
        sequence,
        UUID.randomUUID(),
        Money.parse("-9999999999999.99"),
        Money.parse("0.05"),
        "insufficient_funds",
        "anonymous",
        "request-f");
  }

  static UserCreated created(long user) {
    return new UserCreated(
        UUID.randomUUID(),
        TIME,
        user,
        1,
        UUID.randomUUID(),
        Money.parse("10000"),
        "demo",
        "request-c");
  }
}
