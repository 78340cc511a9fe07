package dev.banking.audit.reconcile;

import dev.banking.audit.schedule.Repeated;
import dev.banking.audit.stored.OwnConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reconciles now and then, on a connection of its own: the pool's give up too soon for a pass over
 * all books.
 */
@Component
class ReconcileJob implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileJob.class);
  private static final Duration LONGEST_FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(11);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** A schema, a table or a column is not there; or the right to read it. */
  private static final Set<String> UNREADABLE = Set.of("3F000", "42P01", "42703", "42501");

  private final OwnConnections connections;
  private final ReconcileProperties properties;
  private final ReconcileMetrics metrics;
  private final Clock clock;

  private final Repeated repeated;
  private volatile @Nullable Connection current;
  private @Nullable String lastSaid;

  ReconcileJob(
      OwnConnections connections,
      ReconcileProperties properties,
      ReconcileMetrics metrics,
      Clock clock) {
    this.connections = connections;
    this.properties = properties;
    this.metrics = metrics;
    this.clock = clock;
    this.repeated =
        new Repeated(
            "reconcile",
            Repeated.atMost(LONGEST_FIRST_WAIT, properties.interval()),
            this::runAndWait);
  }

  private Duration runAndWait() throws InterruptedException {
    runOnce();
    return properties.interval();
  }

  /** Reconciles once; a failure is said and counted, never thrown. */
  void runOnce() throws InterruptedException {
    var start = System.nanoTime();
    try {
      var findings = new Reconciliation(this::open, repeated::pause).run(properties.grace());
      metrics.found(findings, clock.instant(), System.nanoTime() - start);
      sayOnce(findings);
    } catch (SQLException e) {
      failed(e);
    }
  }

  private void failed(SQLException e) {
    if (repeated.isStopping()) {
      return;
    }
    if (e.getSQLState() != null && UNREADABLE.contains(e.getSQLState())) {
      metrics.unreadable();
      sayOnce("The books cannot be reconciled: " + e.getMessage());
    } else {
      sayOnce("The books were not reconciled: " + e.getClass().getSimpleName());
      LOG.debug("The failure in full", e);
    }
  }

  /** Numbers that stay the same are not said again. */
  private void sayOnce(Findings findings) {
    if (findings.isEmpty()) {
      if (lastSaid != null) {
        LOG.info("The books agree again");
      }
      lastSaid = null;
      return;
    }
    var counts = findings.counts();
    if (!counts.equals(lastSaid)) {
      LOG.error("The books do not agree: {}. The command reconcile names the places.", counts);
    }
    lastSaid = counts;
  }

  private void sayOnce(String trouble) {
    if (!trouble.equals(lastSaid)) {
      LOG.warn(trouble);
    }
    lastSaid = trouble;
  }

  private Connection open() throws SQLException {
    var opened = connections.open("reconcile", LONGEST_ANSWER);
    current = opened;
    return opened;
  }

  @Override
  public void start() {
    if (!properties.interval().isZero()) {
      repeated.start();
    }
  }

  /** A pass that is under way is cut off: it has nothing to lose. */
  @Override
  public void stop() {
    repeated.stop(STOP_LIMIT, this::cutOff);
  }

  private void cutOff() {
    try {
      var open = current;
      if (open != null) {
        open.abort(Runnable::run);
      }
    } catch (SQLException e) {
      LOG.debug("A connection could not be cut off", e);
    }
  }

  @Override
  public boolean isRunning() {
    return repeated.isRunning();
  }
}
