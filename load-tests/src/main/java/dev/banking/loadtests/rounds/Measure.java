package dev.banking.loadtests.rounds;

import dev.banking.loadtests.generator.Load;
import dev.banking.loadtests.generator.Wrk;
import dev.banking.loadtests.lab.Events;
import dev.banking.loadtests.lab.Lab;
import dev.banking.loadtests.report.Figure;
import dev.banking.loadtests.report.Sample;
import dev.banking.loadtests.system.ApiProcess;
import dev.banking.loadtests.system.ProcessTree;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** One measurement of one thing. */
public final class Measure {

  private static final int MANY = 200;
  private static final int PGBENCH_CLIENTS = 64;
  private static final String A_CENT = "0.01";

  private static final String ONE_ROW = "UPDATE account SET balance = balance + 1 WHERE id = 1;\n";
  private static final String MANY_ROWS =
      """
      \\set id random(1, 10000)
      UPDATE account SET balance = balance + 1 WHERE id = :id;
      """;

  private final Lab lab;
  private final Duration duration;

  public Measure(Lab lab, Duration duration) {
    this.lab = lab;
    this.duration = duration;
  }

  public Sample of(Series series) throws IOException, InterruptedException {
    var main = lab.main();
    var quiet = lab.quiet();
    return switch (series) {
      case CEILING -> api(Wrk.Request.refusedChange(main.hotUser(), "0"), MANY);
      case HOT_1 -> hot(1);
      case HOT_100 -> hot(100);
      case HOT_200 -> hot(MANY);
      case PLAIN_HOT_200 -> beside(lab.guarded().plain(), hotRequest());
      case GUARDED_HOT_200 -> beside(lab.guarded().api(), hotRequest().with(lab.guarded().token()));
      case HOT_1000 -> hot(1_000);
      case REFUSED_200 -> api(Wrk.Request.refusedChange(main.drainedUser(), "-1"), MANY);
      case USERS_200 -> api(Wrk.Request.ofUsers(main.idFile(), A_CENT, 0), MANY);
      case MIXED_200 -> api(Wrk.Request.ofUsers(main.idFile(), A_CENT, 0.8), MANY);
      case GET_CACHED -> api(Wrk.Request.read(main.hotUser(), "-"), MANY);
      case GET_UNCACHED -> api(Wrk.Request.read(main.hotUser(), "no-cache"), MANY);
      case OFF_HOT_200 -> quiet(Wrk.Request.change(quiet.hotUser(), A_CENT));
      case OFF_USERS_200 -> quiet(Wrk.Request.ofUsers(quiet.idFile(), A_CENT, 0));
      case PGBENCH_ROW_1 -> pgBenchRow(1);
      case PGBENCH_ROW_64 -> pgBenchRow(PGBENCH_CLIENTS);
      case PGBENCH_ROWS_64 -> pgBench(MANY_ROWS, PGBENCH_CLIENTS);
      case TEXTBOOK_1 -> textbook(1);
      case TEXTBOOK_200 -> textbook(MANY);
    };
  }

  /** Changes of the hot user, with everything on. */
  public Sample hot(int connections) throws InterruptedException {
    return api(hotRequest(), connections);
  }

  public Sample textbook(int connections) throws InterruptedException {
    var meter = new Meter(lab.textbook().tree(), lab.postgres(), lab.textbookBank());
    var load = fire(lab.textbook().base(), Wrk.Request.change(1, A_CENT), connections);
    return meter.read(load.load()).with(Figure.UNEXPECTED, load.unexpected());
  }

  public Sample pgBenchRow(int clients) throws IOException, InterruptedException {
    return pgBench(ONE_ROW, clients);
  }

  private Sample pgBench(String statements, int clients) throws IOException, InterruptedException {
    var meter = new Meter(lab.postgres(), lab.postgres(), lab.yardstick());
    var load = lab.pgBench().run(statements, clients, duration);
    return meter
        .read(load)
        .with(Figure.API_CPU_MILLIS, Double.NaN)
        .with(Figure.UNEXPECTED, (double) load.failed());
  }

  private Sample quiet(Wrk.Request request) throws InterruptedException {
    var meter = new Meter(lab.quietApi(), lab.postgres(), lab.quiet().database());
    var load = fire(lab.quiet().base(), request, MANY);
    return meter.read(load.load()).with(Figure.UNEXPECTED, load.unexpected());
  }

  private Wrk.Request hotRequest() {
    return Wrk.Request.change(lab.main().hotUser(), A_CENT);
  }

  private Sample beside(ApiProcess api, Wrk.Request request) throws InterruptedException {
    return onBank(api.base(), api.tree(), request, MANY);
  }

  private Sample api(Wrk.Request request, int connections) throws InterruptedException {
    return onBank(lab.main().base(), lab.api(), request, connections);
  }

  private Sample onBank(URI base, ProcessTree api, Wrk.Request request, int connections)
      throws InterruptedException {
    var events = new Events(lab.bank());
    var meter = new Meter(api, lab.postgres(), lab.bank());
    var load = fire(base, request, connections);
    var sample = meter.read(load.load()).with(Figure.UNEXPECTED, load.unexpected());
    sample.with(Figure.OUTBOX_LEFT, events.waiting());
    return sample.with(Figure.SECONDS_BEHIND, events.awaitNone());
  }

  /** Answers that were not of the class that they had to be. */
  private record Fired(Load load, double unexpected) {}

  private Fired fire(URI base, Wrk.Request request, int connections) throws InterruptedException {
    var load = lab.wrk().fire(base, request, connections, duration);
    var wrong = request.isRefused() ? load.done() - load.refused() : load.refused();
    return new Fired(load, (double) (wrong + load.failed()));
  }
}
