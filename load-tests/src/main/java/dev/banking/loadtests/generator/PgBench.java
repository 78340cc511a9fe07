package dev.banking.loadtests.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * pgbench: what PostgreSQL alone can do with one UPDATE in each transaction, prepared, without
 * anything else that a bank needs.
 */
public final class PgBench {

  private static final int MOST_THREADS = 2;

  /** Enough for percentiles, and little to write. */
  private static final String LOGGED_SHARE = "0.2";

  private final Path program;
  private final Map<String, String> connection;

  /**
   * As this machine has it.
   *
   * @param connection libpq's variables: {@code PGHOST} and so on
   * @throws dev.banking.loadtests.LoadTestException when it has none: how to get it
   */
  public PgBench(Map<String, String> connection) {
    this.program = Program.find("pgbench", "apt-get install postgresql-contrib");
    this.connection = connection;
  }

  /** Lets so many clients run the statements, again and again, each as one transaction. */
  public Load run(String statements, int clients, Duration duration)
      throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("banking-pgbench-");
    var script = folder.resolve("statements.sql");
    try {
      Files.writeString(script, statements);
      var threads = Integer.toString(Math.min(MOST_THREADS, clients));
      var seconds = Long.toString(duration.toSeconds());
      var prefix = folder.resolve("log").toString();
      var command =
          List.of(
              program.toString(),
              "--no-vacuum",
              "--protocol=prepared",
              "--client=" + clients,
              "--jobs=" + threads,
              "--time=" + seconds,
              "--file=" + script,
              "--log",
              "--sampling-rate=" + LOGGED_SHARE,
              "--log-prefix=" + prefix);
      return PgBenchOutput.parse(Program.run(command, connection, duration), latencies(folder));
    } finally {
      delete(folder);
    }
  }

  /** Of the log files that it wrote: the third word of each line, in microseconds. */
  private static Histogram latencies(Path folder) throws IOException {
    var latencies = new Histogram();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(it -> !it.endsWith("statements.sql")).toList()) {
        try (var lines = Files.lines(file)) {
          lines.forEach(line -> latencies.record(1_000 * PgBenchOutput.latencyMicros(line)));
        }
      }
    }
    return latencies;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
