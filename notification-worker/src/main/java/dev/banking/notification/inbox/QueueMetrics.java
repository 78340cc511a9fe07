package dev.banking.notification.inbox;

import dev.banking.common.Topology;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many messages wait in the queue and in the parking queue, as the broker counts them. Asked
 * now and then, never by a scrape: a broker that is away must not hold up whoever watches. What
 * cannot be known is NaN.
 */
@Component
class QueueMetrics {

  private static final Logger log = LoggerFactory.getLogger(QueueMetrics.class);

  private final AmqpAdmin admin;
  private volatile double messages = Double.NaN;
  private volatile double parked = Double.NaN;

  QueueMetrics(AmqpAdmin admin, MeterRegistry registry) {
    this.admin = admin;
    Gauge.builder("notification.queue.messages", () -> messages)
        .description("Messages that wait in the queue, without those that are here already")
        .register(registry);
    Gauge.builder("notification.queue.parked", () -> parked)
        .description("Messages in the parking queue: they wait for a person")
        .register(registry);
  }

  @Scheduled(
      fixedDelayString = "${notify.inbox.sample-interval:10s}",
      initialDelayString = "${notify.inbox.sample-interval:10s}")
  void sample() {
    messages = count(Topology.NOTIFICATIONS);
    parked = count(Topology.NOTIFICATIONS_PARKED);
  }

  private double count(String queue) {
    try {
      var information = admin.getQueueInfo(queue);
      return information == null ? Double.NaN : information.getMessageCount();
    } catch (AmqpException e) {
      // The listener says that the broker is away.
      log.debug("The queue {} cannot be looked at", queue, e);
      return Double.NaN;
    }
  }
}
