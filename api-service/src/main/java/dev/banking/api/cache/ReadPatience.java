package dev.banking.api.cache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long a reader waits for Redis. A busy one is late but answers somebody all the time, and is
 * worth waiting for: a database that is asked instead would be later still. A stalled one is silent
 * to everybody; then readers wait no longer, the first for the patience, the next not at all, until
 * something is answered again.
 */
final class ReadPatience {

  private final long patience;
  private final long timeout;
  private volatile long lastAnswer = System.nanoTime();
  private volatile boolean isSilent;

  /**
   * Redis counts as talking.
   *
   * @param patience the longest silence
   * @param timeout the most that one reader waits, whoever is answered meanwhile
   */
  ReadPatience(Duration patience, Duration timeout) {
    this.patience = patience.toNanos();
    this.timeout = timeout.toNanos();
  }

  /**
   * The answer.
   *
   * @throws TimeoutException when waiting on is in vain; it may come later all the same
   * @throws ExecutionException when the command failed
   */
  <T> T await(CompletableFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    var deadline = System.nanoTime() + timeout;
    while (true) {
      var left = deadline - System.nanoTime();
      try {
        return answer.get(isSilent ? 0 : Math.min(patience, left), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        var now = System.nanoTime();
        isSilent |= now - lastAnswer >= patience;
        if (isSilent || now - deadline >= 0) {
          throw e;
        }
      }
    }
  }

  /** Redis has answered somebody, a reader or a writer. */
  void answered() {
    lastAnswer = System.nanoTime();
    isSilent = false;
  }
}
