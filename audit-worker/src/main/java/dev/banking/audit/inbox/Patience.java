package dev.banking.audit.inbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tries until it works, with longer and longer pauses, and gives up when the worker stops. */
@Component
class Patience {

  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  private final Duration first;
  private final Duration longest;
  private final CountDownLatch stopping = new CountDownLatch(1);

  Patience(InboxProperties properties) {
    this.first = properties.retryInitial();
    this.longest = properties.retryMax();
  }

  /**
   * Returns when an attempt succeeded, or when no further one is to be made.
   *
   * @param what for the log
   * @param wanted asked before each further try; false gives up
   * @param attempt to be tried; a failure is an exception, whichever
   * @return whether an attempt succeeded
   */
  boolean tryUntilDone(String what, BooleanSupplier wanted, Runnable attempt) {
    var pause = first;
    while (true) {
      try {
        attempt.run();
        return true;
      } catch (RuntimeException e) {
        LOG.warn("Could not {}, trying again in {}: {}", what, pause, causes(e));
        LOG.debug("The failure in full", e);
      }
      if (isStoppingAfter(pause) || !wanted.getAsBoolean()) {
        return false;
      }
      pause = pause.multipliedBy(2).compareTo(longest) > 0 ? longest : pause.multipliedBy(2);
    }
  }

  @EventListener(ContextClosedEvent.class)
  void stop() {
    stopping.countDown();
  }

  private boolean isStoppingAfter(Duration pause) {
    try {
      return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Types only: a message of the database may quote the row. */
  private static String causes(Throwable failure) {
    var names = new StringBuilder(failure.getClass().getSimpleName());
    var cause = failure.getCause();
    for (var depth = 0; cause != null && depth < 5; depth++) {
      names.append(" < ").append(cause.getClass().getSimpleName());
      if (cause instanceof SQLException sql) {
        names.append(' ').append(sql.getSQLState());
      }
      cause = cause.getCause();
    }
    return names.toString();
  }
}
