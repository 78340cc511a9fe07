package dev.banking.audit.reconcile;

import dev.banking.audit.command.CommandFailedException;
import dev.banking.audit.command.ExitCode;
import dev.banking.audit.command.Options;
import dev.banking.audit.command.RunningSystem;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** {@code reconcile}: the books against each other, once. */
public final class ReconcileCommand {

  private static final Duration SILENCE = Duration.ofMinutes(11);

  public static final String HELP =
      """
      reconcile [--grace 30]
        Holds account, ledger, outbox, audit book and notifications of a running system against
        each other, in one snapshot, and names what does not agree. Changes nothing.
        --grace SECONDS  how long an event may be on its way. What is missing is looked for again
                         after so long; a system whose books agree is not waited for.
      """;

  private final Supplier<RunningSystem> system;
  private final PrintStream out;

  /**
   * Does nothing yet.
   *
   * @param system asked when it is needed
   */
  public ReconcileCommand(Supplier<RunningSystem> system, PrintStream out) {
    this.system = system;
    this.out = out;
  }

  /**
   * Reconciles.
   *
   * @throws CommandFailedException when the books cannot be read
   */
  public ExitCode run(List<String> words) {
    var options = Options.parse(words, Set.of(), Set.of("--grace"));
    var grace = Duration.ofSeconds(options.number("--grace", 30, 0, 3_600));
    var found = system.get();
    try {
      var findings = new Reconciliation(() -> found.connect(SILENCE), this::tellAndWait).run(grace);
      out.print(findings);
      return findings.isEmpty() ? ExitCode.DONE : ExitCode.NOT_ALL_IS_WELL;
    } catch (SQLException e) {
      throw new CommandFailedException(
          "the books cannot be read (%s): %s".formatted(e.getMessage(), found), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted", e);
    }
  }

  private void tellAndWait(Duration grace) throws InterruptedException {
    out.printf("Something is missing; looking for it again in %d s.%n", grace.toSeconds());
    Thread.sleep(grace);
  }
}
