package dev.banking.audit.reconcile;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
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
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** A schema, a table or a column is not there; or the right to read it. */
  private static final Set<String> UNREADABLE = Set.of("3F000", "42P01", "42703", "42501");

  private final JdbcConnectionDetails database;
  private final ReconcileProperties properties;
  private final ReconcileMetrics metrics;
  private final Clock clock;

  private CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private volatile @Nullable Connection current;
  private @Nullable String lastSaid;

  ReconcileJob(
      JdbcConnectionDetails database,
      ReconcileProperties properties,
      ReconcileMetrics metrics,
      Clock clock) {
    this.database = database;
    this.properties = properties;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Reconciles once; a failure is said and counted, never thrown. */
  void runOnce() throws InterruptedException {
    var start = System.nanoTime();
    try {
      var findings = new Reconciliation(this::open, this::pause).run(properties.grace());
      metrics.found(findings, clock.instant(), System.nanoTime() - start);
      sayOnce(findings);
    } catch (SQLException e) {
      failed(e);
    }
  }

  private void failed(SQLException e) {
    if (stopping.getCount() == 0) {
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
    var details = new Properties();
    details.setProperty("user", Objects.requireNonNullElse(database.getUsername(), ""));
    details.setProperty("password", Objects.requireNonNullElse(database.getPassword(), ""));
    details.setProperty("connectTimeout", "2");
    details.setProperty("socketTimeout", "660");
    details.setProperty("tcpKeepAlive", "true");
    details.setProperty("ApplicationName", "audit-worker reconcile");
    var url = database.getJdbcUrl();
    var parameters = url.indexOf('?');
    var opened =
        DriverManager.getConnection(parameters < 0 ? url : url.substring(0, parameters), details);
    current = opened;
    return opened;
  }

  private void pause(Duration duration) throws InterruptedException {
    if (stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("the worker stops");
    }
  }

  private void loop() {
    try {
      var first = properties.interval();
      pause(first.compareTo(LONGEST_FIRST_WAIT) < 0 ? first : LONGEST_FIRST_WAIT);
      while (true) {
        runOnce();
        pause(properties.interval());
      }
    } catch (InterruptedException _) {
      // The worker stops.
    }
  }

  @Override
  public void start() {
    if (!properties.interval().isZero()) {
      stopping = new CountDownLatch(1);
      thread = Thread.ofVirtual().name("reconcile").start(this::loop);
    }
  }

  /** A pass that is under way is cut off: it has nothing to lose. */
  @Override
  public void stop() {
    var running = thread;
    if (running == null) {
      return;
    }
    stopping.countDown();
    try {
      var open = current;
      if (open != null) {
        open.abort(Runnable::run);
      }
      running.join(STOP_LIMIT);
    } catch (SQLException e) {
      LOG.debug("A connection could not be cut off", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
