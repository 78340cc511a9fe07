package dev.banking.api.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The time between the wish to stop and the end of listening. Every answer says {@code Connection:
 * close} in it: a client that keeps its connection learns in time that the next request belongs
 * elsewhere, instead of losing it on a connection that is closed just then.
 */
@Component
class Draining implements SmartLifecycle {

  private static final Duration TIME = Duration.ofSeconds(2);

  private final ApplicationContext context;
  private volatile boolean running;
  private volatile boolean draining;

  Draining(ApplicationContext context) {
    this.context = context;
  }

  /** Whether clients should go elsewhere. */
  boolean isDraining() {
    return draining;
  }

  /** Also after a stop: whoever is started again serves again. */
  @Override
  public void start() {
    if (draining) {
      draining = false;
      AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
    }
    running = true;
  }

  @Override
  public void stop() {
    AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
    draining = true;
    try {
      TimeUnit.NANOSECONDS.sleep(TIME.toNanos());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stopped before everything else, the web server above all. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
