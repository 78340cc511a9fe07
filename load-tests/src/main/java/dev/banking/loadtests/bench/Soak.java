package dev.banking.loadtests.bench;

import dev.banking.loadtests.LoadTestException;
import dev.banking.loadtests.generator.Load;
import dev.banking.loadtests.generator.OpenLoop;
import dev.banking.loadtests.generator.Requests;
import dev.banking.loadtests.lab.Events;
import dev.banking.loadtests.lab.Progress;
import dev.banking.loadtests.lab.Settings;
import dev.banking.loadtests.lab.Target;
import dev.banking.loadtests.lab.Workplace;
import dev.banking.loadtests.report.Ratio;
import dev.banking.loadtests.report.Report;
import dev.banking.loadtests.report.Verdicts;
import dev.banking.loadtests.system.Database;
import dev.banking.loadtests.system.LocalSystem;
import dev.banking.loadtests.system.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * {@code make soak}: a moderate load for a long time. Does memory grow? Exits with 0 when it does
 * not, and with 1 when it does or the run could not be made.
 */
public final class Soak {

  private static final double PER_SECOND = 300;
  private static final int CONNECTIONS = 50;
  private static final int USERS = 1_000;

  private final Settings settings;
  private final Workplace workplace;
  private final Progress progress;

  private Soak(Settings settings, Workplace workplace, Progress progress) {
    this.settings = settings;
    this.workplace = workplace;
    this.progress = progress;
  }

  /** Settings as words: {@code MINUTES=10}. */
  public static void main(String[] arguments) throws InterruptedException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      var settings = Settings.of(arguments);
      boolean isGood;
      try (var workplace = Workplace.create(Path.of("").toAbsolutePath())) {
        isGood = new Soak(settings, workplace, new Progress(out)).run();
      }
      System.exit(isGood ? 0 : 1);
    } catch (LoadTestException | IOException | SQLException e) {
      out.println("Soak: " + e.getMessage());
      System.exit(1);
    }
  }

  private boolean run() throws IOException, SQLException, InterruptedException {
    progress.say("starting the system, as make run does …");
    var system = workplace.startSystem(Map.of());
    var bank = workplace.keep(Database.ofBank(system));
    var target = Target.of("main", workplace.address(system), bank, workplace, USERS);
    progress.say("%.0f changes a second for %s …".formatted(PER_SECOND, settings.soak()));
    var growth = new Growth(system, progress);
    var load = load(system, target, growth);
    new Events(bank).awaitNone();
    growth.look();
    return tell(growth, load, bank);
  }

  private Load load(LocalSystem system, Target target, Growth growth) throws IOException {
    var requests =
        target.users().stream().map(user -> Requests.change(target.base(), user, "0.01")).toList();
    try (var watch = growth.watch();
        var clients = new OpenLoop(workplace.address(system), CONNECTIONS)) {
      return clients.fire(
          PER_SECOND,
          settings.soak(),
          number -> requests.get((int) (number % requests.size())),
          watch::isGoingOn);
    }
  }

  private boolean tell(Growth growth, Load load, Database bank)
      throws IOException, InterruptedException {
    var verdicts = new Verdicts();
    growth.judge(verdicts);
    var report = new Report();
    report.section(
        "Soak",
        "%s at %.0f changes a second: %,d answers, %d refused or failed, p99 %.1f ms. PostgreSQL %s. Load average after: %s."
            .formatted(
                settings.soak(),
                PER_SECOND,
                load.done(),
                load.refused() + load.failed(),
                load.latency().p99(),
                bank.text("SHOW server_version"),
                Machine.loadAverage()),
        growth.table());
    report.section("Verdict", verdicts.table());
    report.raw("samples", growth.raw());
    report.raw("verdict", verdicts.raw());
    var name =
        Instant.now().truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10)
            + "-soak-"
            + Machine.hostClass();
    report.write(workplace.project().resolve("load-tests/results"), name, "Soak of " + name);
    progress.print("\n" + report.text() + "\nWritten to load-tests/results/" + name + ".md");
    return verdicts.count(Ratio.Verdict.MISSED) == 0 && load.refused() + load.failed() == 0;
  }
}
