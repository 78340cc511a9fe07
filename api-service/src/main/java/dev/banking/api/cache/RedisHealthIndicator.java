package dev.banking.api.cache;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Whether Redis answers. Without it the API is slower, not ill: {@code AWAY}, not down. */
@Component
final class RedisHealthIndicator extends AbstractHealthIndicator {

  private static final Status AWAY = new Status("AWAY");

  private final RedisConnections connections;
  private final CacheProperties properties;

  RedisHealthIndicator(RedisConnections connections, CacheProperties properties) {
    this.connections = connections;
    this.properties = properties;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) throws InterruptedException {
    var connection = connections.reader();
    if (connection == null) {
      builder.status(AWAY);
      return;
    }
    try {
      var _ =
          connection
              .async()
              .ping()
              .toCompletableFuture()
              .get(properties.timeout().toNanos(), TimeUnit.NANOSECONDS);
      builder.up();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      builder.status(AWAY).withException(e);
    }
  }
}
