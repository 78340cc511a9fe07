package dev.banking.audit.verify;

import dev.banking.audit.command.CommandFailedException;
import dev.banking.audit.command.ExitCode;
import dev.banking.audit.command.Options;
import dev.banking.audit.command.Progress;
import dev.banking.audit.command.RunningSystem;
import dev.banking.audit.seal.TrustedKeys;
import dev.banking.audit.stored.Snapshot;
import dev.banking.audit.verify.LedgerPlaces.Missing;
import dev.banking.audit.verify.Recording.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** {@code verify}: the whole book, once. */
public final class VerifyCommand {

  private static final Duration SILENCE = Duration.ofMinutes(61);
  private static final double NANOS = 1e9;

  public static final String HELP =
      """
      verify [--checkpoints FILE] [--public-key FILE] [--grace 30] [--without-ledger]
        Proves the audit book: that no entry was changed, removed, added or moved, that it still is
        what the signed checkpoints say, that it has every change of the ledger, and says the same
        about it. Names what is not so. Changes nothing, but for a note that it was done.
        --checkpoints FILE  copies of checkpoints that were kept elsewhere: the file of
                            AUDIT_CHECKPOINT_FILE, or lines of the worker's log
        --public-key FILE   by which signatures are judged, in PEM; may hold several. Else that of
                            AUDIT_PUBLIC_KEY_FILE, else the one beside AUDIT_SIGNING_KEY_FILE
        --grace SECONDS     how long an event may be on its way
        --without-ledger    the book and its checkpoints alone
      """;

  private final Supplier<RunningSystem> system;
  private final Map<String, String> environment;
  private final Path project;
  private final PrintStream out;

  /**
   * Does nothing yet.
   *
   * @param system asked when it is needed
   */
  public VerifyCommand(
      Supplier<RunningSystem> system,
      Map<String, String> environment,
      Path project,
      PrintStream out) {
    this.system = system;
    this.environment = environment;
    this.project = project;
    this.out = out;
  }

  /**
   * Verifies.
   *
   * @throws CommandFailedException when the book cannot be read to its end
   */
  public ExitCode run(List<String> words) {
    var options =
        Options.parse(
            words, Set.of("--without-ledger"), Set.of("--checkpoints", "--public-key", "--grace"));
    var grace = Duration.ofSeconds(options.number("--grace", 30, 0, 3_600));
    var keys = PublicKeys.find(options.last("--public-key").orElse(""), environment, project);
    var found = system.get();
    try {
      var clock = Clock.systemUTC();
      var startedAt = clock.instant();
      var begin = System.nanoTime();
      var report = verify(found, options, keys, grace);
      out.print(report);
      var seconds = (System.nanoTime() - begin) / NANOS;
      out.printf("%.1f s, %,.0f entries/s%n", seconds, report.entries() / seconds);
      var actor = System.getProperty("user.name", "unknown");
      record(found, new Run("command", actor, startedAt, clock.instant()), report);
      return report.isSound() ? ExitCode.DONE : ExitCode.NOT_ALL_IS_WELL;
    } catch (SQLException e) {
      throw new CommandFailedException(
          "the book cannot be read (%s): %s".formatted(e.getMessage(), found), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailedException("the copies cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted", e);
    }
  }

  private Report verify(RunningSystem found, Options options, TrustedKeys keys, Duration grace)
      throws SQLException, IOException, InterruptedException {
    Verification verification;
    List<Missing> missing;
    try (var connection = found.connect(SILENCE)) {
      Snapshot.begin(connection);
      requireKey(new Snapshot(connection).hasCheckpoints(), keys);
      verification = new Verification(connection, keys, Progress.onTerminal(out)).readBook();
      missing = options.has("--without-ledger") ? List.of() : verification.compareLedger();
      if (options.has("--checkpoints")) {
        var file = Path.of(options.last("--checkpoints").orElseThrow());
        try (var copies = Files.newBufferedReader(file)) {
          out.printf("copies of checkpoints %d%n", verification.checkCopies(copies));
        }
      }
      connection.rollback();
    }
    if (!missing.isEmpty()) {
      out.printf(
          "%d changes are not in the book; looking for them again in %d s.%n",
          missing.size(), grace.toSeconds());
      Thread.sleep(grace);
      lookAgain(found, missing, verification);
    }
    return verification.report();
  }

  private static void lookAgain(
      RunningSystem found, List<Missing> missing, Verification verification) throws SQLException {
    try (var connection = found.connect(SILENCE)) {
      Snapshot.begin(connection);
      new LedgerPlaces(connection).nameStillMissing(missing, verification.findings());
      connection.rollback();
    }
  }

  private static void requireKey(boolean hasCheckpoints, TrustedKeys keys) {
    if (hasCheckpoints && keys.isEmpty()) {
      throw new CommandFailedException(
          "there are signed checkpoints, but no public key to judge them by: --public-key FILE");
    }
  }

  /** A copy of the database that may only be read can be verified all the same. */
  private void record(RunningSystem found, Run run, Report report) {
    try (var connection = found.connect(SILENCE)) {
      Recording.write(connection, run, report);
    } catch (SQLException e) {
      out.println("This verification could not be noted in the database: " + e.getMessage());
    }
  }
}
