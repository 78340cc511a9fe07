package dev.banking.loadtests.model;

import dev.banking.loadtests.report.Table;
import java.util.List;
import java.util.Locale;

/** What the model says, as tables. */
final class Tables {

  private static final int[] CONNECTIONS = {1, 4, 16, 64, 100, 200, 500, 1_000};
  private static final int[] PROCESSORS = {2, 4, 8, 16, 32};
  private static final double[] COMMITS = {1, 2, 5, 10};
  private static final double[] LOADS = {1e4, 1e5, 1e6};
  private static final int CLIENTS = 1_000;

  private final Calibration calibration;

  Tables(Calibration calibration) {
    this.calibration = calibration;
  }

  static Table errors(Comparison comparison) {
    var table = new Table().header("what").header("measured").header("model").header("error");
    comparison
        .predictions()
        .forEach(prediction ->
            table.row(
                List.of(
                    prediction.what(),
                    number(prediction.measured()),
                    number(prediction.model()),
                    prediction.isGiven() ? "given" : percent(prediction.errorPercent()))));
    return table;
  }

  /** Throughput and latency against connections. */
  Table connections() {
    var table = new Table().header("connections");
    table.header("one user: changes/s").header("ms").header("in a batch");
    table.header("10,000 users: changes/s").header("ms").header("in a batch");
    for (var connections : CONNECTIONS) {
      var one = calibration.oneUser(connections);
      var many = calibration.manyUsers(connections);
      table.row(
          List.of(
              integer(connections),
              integer(one.perSecond()),
              number(one.meanMillis()),
              number(one.meanBatch()),
              integer(many.perSecond()),
              number(many.meanMillis()),
              number(many.meanBatch())));
    }
    return table;
  }

  /** The same software on larger machines, which nobody else uses. */
  Table processors() {
    var table = new Table().header("processors").header("lanes");
    table.header("one user: changes/s").header("ms");
    table.header("10,000 users: changes/s").header("ms");
    for (var processors : PROCESSORS) {
      var one = on(processors, 1);
      var many = on(processors, Calibration.MANY_USERS);
      table.row(
          List.of(
              integer(processors),
              integer(lanes(processors)),
              integer(one.perSecond()),
              number(one.meanMillis()),
              integer(many.perSecond()),
              number(many.meanMillis())));
    }
    return table;
  }

  private LoopResult on(int processors, int users) {
    var before = calibration.setup();
    // Relay, broker and workers take the same part of a larger machine.
    var part = before.processors() / before.servers();
    var setup =
        new Setup(processors * part, processors, lanes(processors), before.maxBatch(), users);
    return ClosedLoop.of(calibration.costs(), setup, CLIENTS);
  }

  private static int lanes(int processors) {
    return Math.max(1, processors / 2);
  }

  /** One hot account where a commit goes over a network. */
  Table commits() {
    var table = new Table().header("a commit waits, ms");
    table.header("one by one: changes/s").header("lanes, 200 connections");
    table.header("lanes, " + integer(CLIENTS) + " connections").header("in a batch");
    for (var millis : COMMITS) {
      var costs = calibration.costs().withCommit(millis);
      var slow = new Calibration(costs, calibration.setup());
      var most = slow.oneUser(CLIENTS);
      table.row(
          List.of(
              number(millis),
              integer(slow.oneByOne(Calibration.REFERENCE).perSecond()),
              integer(slow.oneUser(Calibration.REFERENCE).perSecond()),
              integer(most.perSecond()),
              number(most.meanBatch())));
    }
    return table;
  }

  static Table parts(Sizing sizing) {
    var table = new Table().header("changes/s");
    table.header("API, %d processors".formatted(Sizing.API_PROCESSORS));
    table.header("PostgreSQL, %d processors".formatted(Sizing.POSTGRES_PROCESSORS));
    table.header("WAL MiB/s").header("partitions of a queue");
    table.header("audit chains").header("Redis masters");
    for (var load : LOADS) {
      table.row(
          List.of(
              integer(load),
              integer(sizing.apis(load)),
              integer(sizing.databases(load)),
              integer(sizing.walMebibytes(load)),
              integer(sizing.partitions(load)),
              integer(sizing.chains(load)),
              integer(sizing.caches(load))));
    }
    return table;
  }

  private static String integer(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** With three digits. */
  private static String number(double value) {
    var format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  static String percent(double value) {
    return String.format(Locale.ROOT, "%+.0f %%", value);
  }
}
