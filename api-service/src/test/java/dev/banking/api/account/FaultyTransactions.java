package dev.banking.api.account;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;

/** Real transactions that go wrong in turn, as the test says; after that they work. */
final class FaultyTransactions implements PlatformTransactionManager {

  enum Fault {
    NONE,
    CANNOT_BEGIN,
    CONFLICT,
    ANSWER_LOST,
    COMMIT_LOST
  }

  private final PlatformTransactionManager real;
  private final Deque<Fault> faults = new ArrayDeque<>();
  private Fault always = Fault.NONE;
  private Fault current = Fault.NONE;
  private @Nullable Runnable meanwhile;
  private int begun;

  FaultyTransactions(PlatformTransactionManager real) {
    this.real = real;
  }

  void next(Fault... those) {
    faults.addAll(Arrays.asList(those));
  }

  /** What happens once the turns are over. */
  void then(Fault fault) {
    always = fault;
  }

  /** What somebody else does after the next commit that is lost. */
  void meanwhile(Runnable deed) {
    meanwhile = deed;
  }

  int begun() {
    return begun;
  }

  @Override
  public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
    begun++;
    var next = faults.poll();
    current = next == null ? always : next;
    return switch (current) {
      case CANNOT_BEGIN -> throw new CannotCreateTransactionException("expected by the test");
      case CONFLICT -> throw new OptimisticLockingFailureException("expected by the test");
      case NONE, ANSWER_LOST, COMMIT_LOST -> real.getTransaction(definition);
    };
  }

  @Override
  public void commit(TransactionStatus status) {
    if (current == Fault.COMMIT_LOST) {
      real.rollback(status);
    } else {
      real.commit(status);
    }
    if (current == Fault.NONE) {
      return;
    }
    var deed = meanwhile;
    if (deed != null) {
      meanwhile = null;
      deed.run();
    }
    throw new TransactionSystemException("expected by the test");
  }

  @Override
  public void rollback(TransactionStatus status) {
    real.rollback(status);
  }
}
