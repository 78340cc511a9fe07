package dev.banking.common;

import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;

/**
 * The broker's exchange, queues and bindings. Both sides declare them before their first message,
 * so that it does not matter who starts first.
 *
 * <p>Queues are quorum queues and carry no other argument: everything else is a policy, because an
 * argument can only be changed by deleting the queue.
 */
public final class Topology {

  public static final String EXCHANGE = "banking.transactions";
  public static final String NOTIFICATIONS = "notifications";
  public static final String AUDIT_LOG = "audit-log";
  public static final String NOTIFICATIONS_PARKED = "notifications.parked";
  public static final String AUDIT_LOG_PARKED = "audit-log.parked";

  /** W3C Trace Context, from the HTTP request through the outbox to the consumers. */
  public static final String TRACEPARENT = "traceparent";

  /** On a parked message: why, in a sentence. */
  public static final String PARKED_REASON = "x-parked-reason";

  /** On a parked message: when, ISO 8601. */
  public static final String PARKED_AT = "x-parked-at";

  /** On a parked message: the queue it was taken from. */
  public static final String PARKED_FROM = "x-parked-from";

  /** On a parked message: the routing key it arrived with. */
  public static final String PARKED_ROUTING_KEY = "x-parked-routing-key";

  private Topology() {}

  /** The exchange, the two queues with their bindings, and the parking queues. */
  public static Declarables declarables() {
    var exchange = new TopicExchange(EXCHANGE, true, false);
    var notifications = queue(NOTIFICATIONS);
    var auditLog = queue(AUDIT_LOG);
    return new Declarables(
        exchange,
        notifications,
        auditLog,
        queue(NOTIFICATIONS_PARKED),
        queue(AUDIT_LOG_PARKED),
        BindingBuilder.bind(notifications).to(exchange).with(BalanceUpdated.TYPE),
        BindingBuilder.bind(auditLog).to(exchange).with("#"));
  }

  private static Queue queue(String name) {
    return QueueBuilder.durable(name).quorum().build();
  }
}
