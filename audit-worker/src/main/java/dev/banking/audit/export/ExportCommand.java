package dev.banking.audit.export;

import dev.banking.audit.command.CommandFailedException;
import dev.banking.audit.command.ExitCode;
import dev.banking.audit.command.Options;
import dev.banking.audit.command.Progress;
import dev.banking.audit.command.RunningSystem;
import dev.banking.audit.export.StatementExport.NoProofException;
import dev.banking.audit.seal.SigningKey;
import dev.banking.audit.stored.Snapshot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** {@code export}: the book, or a user's statement, into one file. */
public final class ExportCommand {

  private static final Duration SILENCE = Duration.ofMinutes(61);
  private static final int BUFFER_BYTES = 1 << 16;

  public static final String HELP =
      """
      export --out FILE [--user ID] [--key FILE]
        Writes the audit book with its checkpoints into one file, signed at its end, which
        audit-worker/verifier/verify.py checks with the public key alone. Changes nothing.
        --out FILE  where to; - is the standard output
        --user ID   a statement: this user's entries up to the last checkpoint, each with a proof
        --key FILE  the key that signs; else that of AUDIT_SIGNING_KEY_FILE
      """;

  private final Supplier<RunningSystem> system;
  private final Map<String, String> environment;
  private final Path project;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * Does nothing yet.
   *
   * @param system asked when it is needed
   */
  public ExportCommand(
      Supplier<RunningSystem> system,
      Map<String, String> environment,
      Path project,
      PrintStream out,
      PrintStream err) {
    this.system = system;
    this.environment = environment;
    this.project = project;
    this.out = out;
    this.err = err;
  }

  /**
   * Exports. A file is there as a whole or not at all.
   *
   * @throws CommandFailedException when it cannot
   */
  public ExitCode run(List<String> words) {
    var options = Options.parse(words, Set.of(), Set.of("--out", "--user", "--key"));
    var name =
        options
            .last("--out")
            .filter(word -> !word.isEmpty())
            .orElseThrow(() -> new CommandFailedException("where to? --out FILE"));
    var user = options.last("--user").map(ExportCommand::userId).orElse(0L);
    var key = key(options.last("--key").orElse(""));
    var found = system.get();
    try (var connection = found.connect(SILENCE)) {
      Snapshot.begin(connection);
      var count =
          name.equals("-")
              ? write(connection, key, user, out)
              : writeFile(connection, key, user, Path.of(name));
      connection.rollback();
      if (out.checkError()) {
        throw new IOException("the standard output did not take all of it");
      }
      err.printf("%d entries exported, and signed.%n", count);
      return ExitCode.DONE;
    } catch (SQLException e) {
      throw new CommandFailedException(
          "the book cannot be read (%s): %s".formatted(e.getMessage(), found), e);
    } catch (NoProofException e) {
      throw new CommandFailedException("no statement: " + e.getMessage(), e);
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailedException("the file cannot be written: " + e, e);
    }
  }

  private long writeFile(Connection connection, SigningKey key, long user, Path file)
      throws SQLException, IOException {
    var half = file.resolveSibling(file.getFileName() + ".half");
    try {
      long count;
      try (var to = Files.newOutputStream(half)) {
        count = write(connection, key, user, to);
      }
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
      return count;
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private long write(Connection connection, SigningKey key, long user, OutputStream to)
      throws SQLException, IOException {
    var buffered = new BufferedOutputStream(to, BUFFER_BYTES);
    var now = Clock.systemUTC().instant();
    return user == 0
        ? new BookExport(connection, key, Progress.onTerminal(err)).write(buffered, now)
        : new StatementExport(connection, key).write(buffered, user, now);
  }

  private SigningKey key(String option) {
    try {
      return SigningKey.read(keyFile(option));
    } catch (IOException e) {
      throw new CommandFailedException("no key to sign with: " + e, e);
    }
  }

  private Path keyFile(String option) {
    var named = option.isEmpty() ? environment.getOrDefault("AUDIT_SIGNING_KEY_FILE", "") : option;
    return project.resolve(named.isEmpty() ? ".local/audit/signing-key.pem" : named);
  }

  private static long userId(String word) {
    if (word.matches("[1-9][0-9]{0,17}")) {
      return Long.parseLong(word);
    }
    throw new CommandFailedException("--user must be a user's id");
  }
}
