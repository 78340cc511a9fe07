package dev.banking.notification.inbox;

import dev.banking.notification.delivery.DeliveryChannel;
import dev.banking.notification.delivery.DeliveryFailedException;
import dev.banking.notification.delivery.DispatchLoop;
import dev.banking.notification.store.Notification;
import dev.banking.notification.store.Notifications;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Records notifications in one transaction. Repeating is harmless: the table knows the events. */
@Component
class Recorder {

  private final Notifications notifications;
  private final DeliveryChannel channel;
  private final DispatchLoop dispatchLoop;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Recorder(
      Notifications notifications,
      DeliveryChannel channel,
      DispatchLoop dispatchLoop,
      TransactionTemplate transaction,
      Clock clock) {
    this.notifications = notifications;
    this.channel = channel;
    this.dispatchLoop = dispatchLoop;
    this.transaction = transaction;
    this.clock = clock;
  }

  RecordOutcome record(List<Notification> batch) {
    try {
      var fresh = transaction.execute(_ -> channel.isImmediate() ? tell(batch) : remember(batch));
      return new RecordOutcome.Committed(fresh);
    } catch (DataAccessException | TransactionException e) {
      var state = sqlState(e);
      return isAboutTheData(state)
          ? new RecordOutcome.Refused("the database refuses it: SQLSTATE " + state)
          : new RecordOutcome.Unavailable(e);
    } catch (RuntimeException e) {
      return new RecordOutcome.Refused("unexpected: " + e.getClass().getSimpleName());
    }
  }

  // Told before the commit: a crash between the two tells a user twice, never not at all.
  private int tell(List<Notification> batch) {
    var fresh = notifications.insertSent(batch, channel.name(), clock.instant());
    var count = fresh.size();
    for (var notification : batch) {
      tellOnce(notification, fresh);
    }
    return count;
  }

  // Removed from the set, because one batch can hold the same event twice.
  private void tellOnce(Notification notification, Set<UUID> fresh) {
    if (!fresh.remove(notification.eventId())) {
      return;
    }
    try {
      channel.deliver(notification);
    } catch (DeliveryFailedException e) {
      throw new IllegalStateException("an immediate channel failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("an immediate channel waited", e);
    }
  }

  private int remember(List<Notification> batch) {
    return notifications.insertPending(batch, channel.name(), clock.instant()).size();
  }

  /** Says that the batch is done and committed. */
  void wakeDispatcher() {
    if (!channel.isImmediate()) {
      dispatchLoop.wake();
    }
  }

  // Class 22 is a value that the type cannot hold, 23 one that a constraint refuses.
  private static boolean isAboutTheData(@Nullable String state) {
    return state != null && (state.startsWith("22") || state.startsWith("23"));
  }

  private static @Nullable String sqlState(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return null;
  }
}
