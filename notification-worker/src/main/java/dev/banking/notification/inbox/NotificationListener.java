package dev.banking.notification.inbox;

import com.rabbitmq.client.Channel;
import dev.banking.common.InvalidEventException;
import dev.banking.common.Topology;
import dev.banking.notification.tracing.Tracing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.ImmediateRequeueAmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.listener.api.ChannelAwareBatchMessageListener;
import org.springframework.stereotype.Component;

/**
 * Takes a batch through: read, record, park what is poison. When it returns, the container
 * acknowledges the whole batch; so it returns only when every message is somewhere safe, and throws
 * only to give the batch back because the worker stops or the broker has taken it back already.
 */
@Component
class NotificationListener implements ChannelAwareBatchMessageListener {

  private static final Logger log = LoggerFactory.getLogger(NotificationListener.class);

  private final Recorder recorder;
  private final ParkingLot parkingLot;
  private final Patience patience;
  private final InboxMetrics metrics;
  private final Tracing tracing;

  NotificationListener(
      Recorder recorder,
      ParkingLot parkingLot,
      Patience patience,
      InboxMetrics metrics,
      Tracing tracing) {
    this.recorder = recorder;
    this.parkingLot = parkingLot;
    this.patience = patience;
    this.metrics = metrics;
    this.tracing = tracing;
  }

  @Override
  public void onMessageBatch(List<Message> messages, @Nullable Channel channel) {
    metrics.batch(messages.size());
    var poisons = new ArrayList<Poison>();
    recordTraced(read(messages, poisons), poisons, channel);
    recorder.wakeDispatcher();
    park(poisons, channel);
  }

  private void recordTraced(List<Incoming> all, List<Poison> poisons, @Nullable Channel channel) {
    try (var trace =
        tracing.batch(
            "process",
            Topology.NOTIFICATIONS,
            all,
            incoming -> incoming.notification().traceparent())) {
      try {
        record(all.stream().map(incoming -> incoming.in(trace)).toList(), poisons, channel);
      } catch (RuntimeException e) {
        trace.failed();
        throw e;
      }
    }
  }

  private static List<Incoming> read(List<Message> messages, List<Poison> poisons) {
    var readable = new ArrayList<Incoming>(messages.size());
    for (var message : messages) {
      try {
        readable.add(Incoming.read(message));
      } catch (InvalidEventException e) {
        poisons.add(new Poison(message, String.valueOf(e.getMessage())));
      } catch (RuntimeException e) {
        poisons.add(new Poison(message, "unexpected: " + e.getClass().getSimpleName()));
      }
    }
    return readable;
  }

  // A refused part is halved until the bad message stands alone; the parts before it stay recorded.
  private void record(List<Incoming> all, List<Poison> poisons, @Nullable Channel channel) {
    var parts = new ArrayDeque<List<Incoming>>();
    parts.push(all);
    var failures = 0;
    while (!parts.isEmpty()) {
      var part = parts.pop();
      if (part.isEmpty()) {
        continue;
      }
      var batch = part.stream().map(Incoming::notification).toList();
      switch (recorder.record(batch)) {
        case RecordOutcome.Committed(var fresh) -> {
          metrics.committed(batch, fresh);
          failures = 0;
        }
        case RecordOutcome.Refused(var reason) when part.size() == 1 ->
            poisons.add(new Poison(part.getFirst().message(), reason));
        case RecordOutcome.Refused _ -> {
          parts.push(part.subList(part.size() / 2, part.size()));
          parts.push(part.subList(0, part.size() / 2));
        }
        case RecordOutcome.Unavailable(var cause) -> {
          failures++;
          log.warn("The database cannot be used; the messages are kept: {}", cause.getMessage());
          waitOrGiveBack(failures, channel);
          parts.push(part);
        }
      }
    }
  }

  // Not after the broker has taken the batch back: it will come again, and be parked then.
  private void park(List<Poison> poisons, @Nullable Channel channel) {
    if (poisons.isEmpty()) {
      return;
    }
    giveBackIfClosed(channel);
    for (var failures = 1; ; failures++) {
      try {
        parkingLot.park(poisons);
        break;
      } catch (ParkingFailedException e) {
        log.warn("Cannot park {} messages; they are kept: {}", poisons.size(), e.getMessage());
        waitOrGiveBack(failures, channel);
      }
    }
    metrics.parked(poisons.size());
    for (var poison : poisons) {
      log.warn("Parked a message: {}", poison.reason());
    }
  }

  private void waitOrGiveBack(int failures, @Nullable Channel channel) {
    metrics.waited();
    if (!patience.waitAfter(failures)) {
      throw new ImmediateRequeueAmqpException("the worker stops");
    }
    giveBackIfClosed(channel);
  }

  private static void giveBackIfClosed(@Nullable Channel channel) {
    if (channel != null && !channel.isOpen()) {
      throw new ImmediateRequeueAmqpException("the broker has taken the messages back");
    }
  }
}
