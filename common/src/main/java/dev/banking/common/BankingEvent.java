package dev.banking.common;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to a user's money, or was refused. Whoever meets the same {@link #id()}
 * twice has met the same event twice.
 */
public sealed interface BankingEvent permits BalanceUpdated, BalanceUpdateFailed, UserCreated {

  /** UUIDv7 (RFC 9562); the AMQP message id too. */
  UUID id();

  /** When it was decided, in whole microseconds, which is what PostgreSQL keeps. */
  Instant time();

  /** Whose money. */
  long userId();

  /**
   * The number of the user's last applied change: the change itself, or the state that a refused
   * attempt was judged by.
   */
  long sequence();

  /** The command that was decided; unique in the ledger. */
  UUID operationId();

  /** Who asked. */
  String actor();

  /** The HTTP request that asked; as unique as the client made it. */
  String requestId();

  /** The event type, which is the routing key as well. */
  String type();
}
