package dev.banking.loadtests.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.loadtests.bank.App;
import dev.banking.loadtests.bank.Bank;
import dev.banking.loadtests.faults.FaultRun;
import dev.banking.localstack.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances of the API and both workers of an earlier version, replaced by ours one after the
 * other, and back. The clients of {@link FaultRun} must not see any of it.
 */
@Tag("upgrade")
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class RollingUpgradeIT {

  private static final Path LOG = Path.of("target", "upgrade.log");
  private static final Duration SIDE_BY_SIDE = Duration.ofSeconds(5);

  // The events that a worker has written down, of both versions.
  private static final String AUDITED = "audit_appended_total";
  private static final String NOTIFIED = "notification_processed_total";

  private final Version earlier = Version.earlier();
  private final Version ours = Version.ours();
  private final List<App> beside = new ArrayList<>();
  private Bank bank;
  private App notification;
  private App audit;

  /** The key is nobody's jar's neighbour: both versions of the audit worker sign with it. */
  @BeforeAll
  void startTheEarlierVersion(@TempDir Path keys) throws IOException {
    var settings = Map.of("AUDIT_SIGNING_KEY_FILE", keys.resolve("signing-key.pem").toString());
    bank = Bank.start(earlier.folder(), LOG, settings);
    notification = bank.notification();
    audit = bank.audit();
    launchAs(Identity.API, bank.api(), bank.secondApi());
    launchAs(Identity.NOTIFICATION, notification);
    launchAs(Identity.AUDIT, audit);
    List.of(bank.api(), bank.secondApi(), notification, audit).forEach(App::awaitReady);
  }

  /**
   * With the rights that an application has in production: what one makes, the other is granted.
   */
  private void launchAs(Identity identity, App... apps) {
    for (var app : apps) {
      app.stop();
      app.configure(bank.backends().environment(identity));
      app.launch();
    }
  }

  @AfterEach
  void endTraffic() throws InterruptedException {
    FaultRun.endTraffic();
  }

  @AfterAll
  void stop() throws IOException {
    beside.forEach(App::stop);
    if (bank != null) {
      bank.close();
    }
  }

  /** New events are read by earlier workers, and earlier events by new ones. */
  @Test
  @Order(1)
  void everyPartIsReplacedUnderLoadAndNobodyNotices() throws Exception {
    System.out.println("earlier: " + Schemas.of(bank));
    var run = FaultRun.begin(bank, "upgrade, one part after the other", SIDE_BY_SIDE);
    run.broken();
    replace(run, bank.api(), ours.api());
    audit = replaceBeside(run, audit, ours.auditWorker(), AUDITED);
    notification = replaceBeside(run, notification, ours.notificationWorker(), NOTIFIED);
    replace(run, bank.secondApi(), ours.api());
    finish(run);
    System.out.println("ours: " + Schemas.of(bank));
  }

  /** The tables stay as the new version has made them. */
  @Test
  @Order(2)
  void anInstanceOfTheApiGoesBackUnderLoad() throws Exception {
    var run = FaultRun.begin(bank, "one instance of the API goes back", SIDE_BY_SIDE);
    run.broken();
    replace(run, bank.api(), earlier.api());
    finish(run);
  }

  /** As above; the API stays mixed meanwhile. */
  @Test
  @Order(3)
  void theWorkersGoBackUnderLoad() throws Exception {
    var run = FaultRun.begin(bank, "the workers go back", SIDE_BY_SIDE);
    run.broken();
    audit = replaceBeside(run, audit, earlier.auditWorker(), AUDITED);
    notification = replaceBeside(run, notification, earlier.notificationWorker(), NOTIFIED);
    finish(run);
  }

  private static void finish(FaultRun run) throws IOException, InterruptedException {
    run.restored();
    run.goOn(SIDE_BY_SIDE);
    var outcome = run.finish();
    System.out.println(outcome.figuresInWords());
    outcome.assertNothingLostNothingTwice().assertNoErrors();
  }

  /** Stops an instance and starts it from another jar, while the other one serves. */
  private static void replace(FaultRun run, App api, Path jar) {
    if (api.metric("banking_cache_write_failures_total") > 0) {
      // The counter goes with the process.
      run.cacheMayFail();
    }
    api.stop();
    api.install(jar);
    api.start();
    run.goOn(SIDE_BY_SIDE);
  }

  /**
   * Both work for a while, then the one that was there is stopped.
   *
   * @param counter of the events that a worker has written down
   */
  private App replaceBeside(FaultRun run, App worker, Path jar, String counter) {
    var next = worker.beside(jar);
    beside.add(next);
    next.start();
    var before = List.of(worker.metric(counter), next.metric(counter));
    run.goOn(SIDE_BY_SIDE);
    assertThat(worker.metric(counter)).as(counter).isGreaterThan(before.getFirst());
    assertThat(next.metric(counter)).as(counter + ", beside").isGreaterThan(before.getLast());
    worker.stop();
    run.goOn(SIDE_BY_SIDE);
    return next;
  }
}
