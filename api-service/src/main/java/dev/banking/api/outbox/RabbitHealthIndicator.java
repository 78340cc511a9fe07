package dev.banking.api.outbox;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Whether the relay has a connection to the broker; nobody else here talks to it. Without it events
 * wait and requests do not notice: {@code AWAY}, not down.
 */
@Component
final class RabbitHealthIndicator extends AbstractHealthIndicator {

  private static final Status AWAY = new Status("AWAY");

  private final OutboxRelay relay;

  RabbitHealthIndicator(OutboxRelay relay) {
    this.relay = relay;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    if (!relay.isRunning()) {
      builder.unknown().withDetail("relay", "does not run here");
    } else if (relay.isConnected()) {
      builder.up();
    } else {
      builder.status(AWAY);
    }
  }
}
