package dev.banking.api.lane;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A command's place in a lane and its future outcome.
 *
 * <p>One compare-and-set decides the race between the lane that takes the command for execution and
 * whoever withdraws it because it waited too long: exactly one of the two wins, so "it was not
 * executed" is true when it is said.
 *
 * @param <C> the command
 * @param <O> the outcome
 */
public final class Ticket<C, O> {

  private enum State {
    WAITING,
    TAKEN,
    WITHDRAWN
  }

  private final C command;
  private final long enqueuedNanos;
  private final CompletableFuture<O> outcome = new CompletableFuture<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  Ticket(C command, long enqueuedNanos) {
    this.command = command;
    this.enqueuedNanos = enqueuedNanos;
  }

  public C command() {
    return command;
  }

  /** Completed once, by the lane's work or by {@link #withdraw}. */
  public CompletableFuture<O> outcome() {
    return outcome;
  }

  /** How long ago the command joined the lane. */
  public long waitedNanos(long nowNanos) {
    return nowNanos - enqueuedNanos;
  }

  /** Claims the command for execution; false when it was withdrawn or taken before. */
  boolean take() {
    return state.compareAndSet(State.WAITING, State.TAKEN);
  }

  /**
   * Ends the command unexecuted with this outcome.
   *
   * @return false when execution has begun, or the command was withdrawn before
   */
  boolean withdraw(O instead) {
    return state.compareAndSet(State.WAITING, State.WITHDRAWN) && outcome.complete(instead);
  }
}
