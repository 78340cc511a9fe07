package dev.banking.loadtests.rounds;

import dev.banking.loadtests.generator.Load;
import dev.banking.loadtests.report.Figure;
import dev.banking.loadtests.report.Sample;
import dev.banking.loadtests.system.Database;
import dev.banking.loadtests.system.ProcessTree;

/** What the programs used between its making and the end of a load, divided by its requests. */
final class Meter {

  private final ProcessTree program;
  private final ProcessTree postgres;
  private final Database database;
  private final double programMillis;
  private final double postgresMillis;
  private final double walBytes;
  private final double transactions;

  /**
   * Starts to count.
   *
   * @param program what answers the requests
   */
  Meter(ProcessTree program, ProcessTree postgres, Database database) {
    this.program = program;
    this.postgres = postgres;
    this.database = database;
    this.programMillis = program.cpuMillis();
    this.postgresMillis = postgres.cpuMillis();
    this.walBytes = writtenBytes();
    this.transactions = committed();
  }

  /** The figures of a load that has just ended. */
  Sample read(Load load) {
    var requests = (double) load.done();
    return of(load)
        .with(Figure.API_CPU_MILLIS, (program.cpuMillis() - programMillis) / requests)
        .with(Figure.POSTGRES_CPU_MILLIS, (postgres.cpuMillis() - postgresMillis) / requests)
        .with(Figure.WAL_BYTES, (writtenBytes() - walBytes) / requests)
        .with(Figure.TRANSACTIONS, (committed() - transactions) / requests);
  }

  private static Sample of(Load load) {
    return new Sample()
        .with(Figure.REQUESTS_PER_SECOND, load.perSecond())
        .with(Figure.P50_MILLIS, load.latency().p50())
        .with(Figure.P99_MILLIS, load.latency().p99())
        .with(Figure.P999_MILLIS, load.latency().p999());
  }

  private double writtenBytes() {
    return database.number("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");
  }

  /** A session tells its transactions at most once a second: the figure is exact to that. */
  private double committed() {
    return database.number(
        "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()");
  }
}
