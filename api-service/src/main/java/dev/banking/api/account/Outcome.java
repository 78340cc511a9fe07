package dev.banking.api.account;

import dev.banking.common.Money;
import java.time.Instant;
import java.util.Locale;

/** What became of a command. A refusal is a value, not an exception. */
sealed interface Outcome {

  /** Whether it was decided by an earlier request with the same key. */
  default boolean replayed() {
    return false;
  }

  /** For those who count. */
  default Kind kind() {
    if (replayed()) {
      return Kind.REPLAYED;
    }
    return switch (this) {
      case Booked _ -> Kind.BOOKED;
      case InsufficientFunds _ -> Kind.INSUFFICIENT_FUNDS;
      case BalanceLimitExceeded _ -> Kind.BALANCE_LIMIT_EXCEEDED;
      case PreconditionFailed _ -> Kind.PRECONDITION_FAILED;
      case UserNotFound _ -> Kind.USER_NOT_FOUND;
      case KeyReused _ -> Kind.KEY_REUSED;
      case Overloaded _ -> Kind.OVERLOADED;
      case Unavailable _ -> Kind.UNAVAILABLE;
      case Failed _ -> Kind.FAILED;
      case Unknown _ -> Kind.UNKNOWN;
    };
  }

  /** The ways in which a command can end. */
  enum Kind {
    BOOKED,
    REPLAYED,
    INSUFFICIENT_FUNDS,
    BALANCE_LIMIT_EXCEEDED,
    PRECONDITION_FAILED,
    USER_NOT_FOUND,
    KEY_REUSED,
    OVERLOADED,
    UNAVAILABLE,
    FAILED,
    UNKNOWN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Applied and committed.
   *
   * @param userId whose balance
   * @param balance after the change
   * @param sequence the number of the change
   * @param updatedAt when it was decided
   * @param replayed it was decided by an earlier request with the same key
   */
  record Booked(long userId, Money balance, long sequence, Instant updatedAt, boolean replayed)
      implements Outcome {}

  /** Refused because of the account's state; the same state is told to the world. */
  sealed interface Refused extends Outcome {

    /** The balance that it was judged by. */
    Money balance();

    /** The last applied change in the state that it was judged by. */
    long sequence();

    /** The stable word for it: {@code error.type}, and the event's reason. */
    String reason();
  }

  /** The balance would be below zero. */
  record InsufficientFunds(Money balance, long sequence, boolean replayed) implements Refused {

    static final String REASON = "insufficient_funds";

    @Override
    public String reason() {
      return REASON;
    }
  }

  /** The balance would pass the limit. */
  record BalanceLimitExceeded(Money balance, long sequence, boolean replayed) implements Refused {

    static final String REASON = "balance_limit_exceeded";

    @Override
    public String reason() {
      return REASON;
    }
  }

  /**
   * The client named another sequence. Not remembered under a key: the precondition judged the
   * state, and the command may still be wanted in another one.
   */
  record PreconditionFailed(Money balance, long sequence) implements Refused {

    @Override
    public String reason() {
      return "precondition_failed";
    }
  }

  /** There is no such user. */
  record UserNotFound() implements Outcome {}

  /** The key belongs to a command with another amount. */
  record KeyReused() implements Outcome {}

  /** Too much waits already, or the command waited too long; it was not executed. */
  record Overloaded() implements Outcome {}

  /** The database is away; nothing was applied. */
  record Unavailable() implements Outcome {}

  /** A defect of ours refused it; nothing was applied. */
  record Failed() implements Outcome {}

  /** The commit was sent, its answer never came, and the database could not be asked in time. */
  record Unknown() implements Outcome {}
}
