package dev.banking.loadtests.lab;

import dev.banking.loadtests.generator.PgBench;
import dev.banking.loadtests.generator.Wrk;
import dev.banking.loadtests.system.ApiProcess;
import dev.banking.loadtests.system.Database;
import dev.banking.loadtests.system.LocalSystem;
import dev.banking.loadtests.system.ProcessTree;
import dev.banking.loadtests.system.Running;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured, running: the system; a second API without relay on a database of its
 * own in the same server; the textbook program; a table for pgbench.
 */
public final class Lab implements AutoCloseable {

  static final int USERS = 10_000;

  private final Workplace workplace;
  private final LocalSystem system;
  private final Database bank;
  private final Database quietBank;
  private final Database yardstick;
  private final Database textbookBank;
  private final Target main;
  private final Target quiet;
  private final ApiProcess quietApi;
  private final Textbook textbook;
  private final Wrk wrk;
  private final PgBench pgBench;
  private @Nullable Guarded guarded;

  private Lab(Workplace workplace, LocalSystem system, Progress progress)
      throws IOException, SQLException, InterruptedException {
    this.workplace = workplace;
    this.system = system;
    this.wrk = Wrk.find(workplace.scripts());
    this.bank = workplace.keep(Database.ofBank(system));
    this.quietBank = workplace.keep(bank.create("banking_quiet"));
    this.yardstick = workplace.keep(bank.create("yardstick"));
    this.pgBench = new PgBench(yardstick.libpq());
    this.textbookBank = workplace.keep(bank.create("textbook"));
    this.textbook = workplace.keep(Textbook.start(workplace, system, textbookBank.name()));
    progress.say("starting a second API, without relay, and the textbook program …");
    this.quietApi =
        workplace.keep(
            ApiProcess.like(
                system,
                Map.of(
                    "DB_NAME", quietBank.name(),
                    "REDIS_PREFIX", "quiet:",
                    "OUTBOX_RELAY_ENABLED", "false"),
                workplace.log("api-without-relay")));
    quietApi.awaitReady();
    textbook.awaitReady();
    progress.say("creating " + USERS + " users for each API …");
    this.main = Target.of("main", workplace.address(system), bank, workplace, USERS);
    this.quiet = Target.of("quiet", quietApi.base(), quietBank, workplace, USERS);
    yardstick.execute(
        """
        CREATE TABLE account (id integer PRIMARY KEY, balance numeric(15, 2) NOT NULL)
          WITH (fillfactor = 50);
        INSERT INTO account SELECT id, 0 FROM generate_series(1, 10000) id;
        """);
    yardstick.execute("VACUUM ANALYZE account");
  }

  /** Starts all of it, with new data. */
  public static Lab start(Workplace workplace, Progress progress)
      throws IOException, SQLException, InterruptedException {
    progress.say("starting the system, as make run does …");
    return new Lab(workplace, workplace.startSystem(Map.of()), progress);
  }

  public Workplace workplace() {
    return workplace;
  }

  public LocalSystem system() {
    return system;
  }

  public Database bank() {
    return bank;
  }

  public Target main() {
    return main;
  }

  public Target quiet() {
    return quiet;
  }

  public Textbook textbook() {
    return textbook;
  }

  public Wrk wrk() {
    return wrk;
  }

  public PgBench pgBench() {
    return pgBench;
  }

  /** Starts the pair of APIs; only who measures it pays for it. */
  public Guarded startGuarded() throws IOException, InterruptedException {
    var started = Guarded.start(workplace, system, main.hotUser());
    guarded = started;
    return started;
  }

  /** After {@link #startGuarded}. */
  public Guarded guarded() {
    return Objects.requireNonNull(guarded);
  }

  public ProcessTree api() {
    return Running.application(system, "api-service");
  }

  public ProcessTree quietApi() {
    return quietApi.tree();
  }

  public ProcessTree postgres() {
    return Running.postgres(system);
  }

  public Database yardstick() {
    return yardstick;
  }

  public Database textbookBank() {
    return textbookBank;
  }

  @Override
  public void close() {
    workplace.close();
  }
}
