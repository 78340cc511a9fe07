package dev.banking.api.user;

import dev.banking.api.http.ApiError;
import dev.banking.api.http.ApiException;
import dev.banking.api.http.ErrorType;
import dev.banking.api.sql.DatabaseTrouble;
import dev.banking.api.tracing.RequestTimes;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What goes to the database beside the lanes: reads and creations, a bounded number at a time.
 * Virtual threads are not a bound; without this one a thousand readers would queue at the pool in
 * front of the lanes.
 */
@Component
class BoundedAccess {

  private static final Logger log = LoggerFactory.getLogger(BoundedAccess.class);
  private static final int AT_ONCE = 6;
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final Semaphore permits = new Semaphore(AT_ONCE, true);

  /**
   * Does the work when there is room.
   *
   * @param times of the request, which get to know how long it waited and worked
   * @throws ApiException when there was no room in time, or the database is away; nothing was done
   */
  <T> T call(RequestTimes times, Supplier<T> work) {
    times.queued();
    try {
      if (!permits.tryAcquire(MAX_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new ApiException(ApiError.of(ErrorType.OVERLOADED));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
    times.taken(System.nanoTime());
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (DatabaseTrouble.isCauseOf(e)) {
        throw unavailable(e);
      }
      throw e;
    } finally {
      times.decided(System.nanoTime());
      permits.release();
    }
  }

  private static ApiException unavailable(Exception cause) {
    log.warn("The database is away: {}", cause.toString());
    return new ApiException(ApiError.of(ErrorType.UNAVAILABLE));
  }
}
