package dev.banking.audit.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes into {@code audit.verification} what was found. */
final class Recording {

  private static final int NAMED = 5;

  private Recording() {}

  /** By whom and since when. */
  record Run(String source, String actor, Instant startedAt, Instant finishedAt) {}

  /** Committed when this returns. */
  static void write(Connection connection, Run run, Report report) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            """
            INSERT INTO audit.verification
              (started_at, finished_at, source, actor, entries, position, checkpoints,
               ledger_entries, findings, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      statement.setObject(1, run.startedAt().atOffset(ZoneOffset.UTC));
      statement.setObject(2, run.finishedAt().atOffset(ZoneOffset.UTC));
      statement.setString(3, run.source());
      statement.setString(4, run.actor());
      statement.setLong(5, report.entries());
      statement.setLong(6, report.position());
      statement.setLong(7, report.checkpoints());
      statement.setObject(8, report.ledgerEntries(), Types.BIGINT);
      statement.setLong(9, report.findings().total());
      statement.setString(10, detail(report));
      statement.executeUpdate();
    }
  }

  /** All kinds with their numbers, and some places. */
  private static String detail(Report report) {
    var findings = report.findings();
    return Stream.concat(
            Stream.of(findings.counts()),
            findings.named().stream().limit(NAMED).map(Findings.Finding::toString))
        .collect(Collectors.joining("; "));
  }
}
