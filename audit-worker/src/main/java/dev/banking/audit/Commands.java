package dev.banking.audit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.banking.audit.command.CommandFailedException;
import dev.banking.audit.command.ExitCode;
import dev.banking.audit.command.RunningSystem;
import dev.banking.audit.export.ExportCommand;
import dev.banking.audit.hold.HoldCommand;
import dev.banking.audit.parked.ParkedCommand;
import dev.banking.audit.reconcile.ReconcileCommand;
import dev.banking.audit.verify.VerifyCommand;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** The commands of an operator: what the jar does when its first word is no option. */
final class Commands {

  private static final Set<String> HELP_WORDS = Set.of("help", "--help", "-h");

  private final Map<String, String> environment;
  private final Path project;
  private final PrintStream out;
  private final PrintStream err;

  Commands(Map<String, String> environment, Path project, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.project = project;
    this.out = out;
    this.err = err;
  }

  /** Whether these are the words of a command; else they are settings of the worker. */
  static boolean areMeant(List<String> words) {
    return !words.isEmpty()
        && (HELP_WORDS.contains(words.getFirst()) || !words.getFirst().startsWith("-"));
  }

  /** The libraries' logs are for the worker: a command says itself what went wrong. */
  static void silenceLogs() {
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.OFF);
    }
  }

  /** Runs the command and says how it ended. */
  ExitCode run(List<String> words) {
    if (words.stream().anyMatch(HELP_WORDS::contains)) {
      out.print(help());
      return ExitCode.DONE;
    }
    try {
      return command(words);
    } catch (CommandFailedException e) {
      err.println("audit-worker " + String.join(" ", words) + ": " + e.getMessage());
      err.println("audit-worker --help explains the commands.");
      return ExitCode.FAILED;
    }
  }

  private ExitCode command(List<String> words) {
    var options = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "parked" -> new ParkedCommand(this::system, out).run(options);
      case "reconcile" -> new ReconcileCommand(this::system, out).run(options);
      case "hold" -> new HoldCommand(this::system, out).run(options);
      case "export" -> new ExportCommand(this::system, environment, project, out, err).run(options);
      case "verify" -> new VerifyCommand(this::system, environment, project, out).run(options);
      default -> throw new CommandFailedException("unknown command");
    };
  }

  private RunningSystem system() {
    return RunningSystem.find(environment, project);
  }

  private static String help() {
    return """
    java -jar audit-worker.jar              runs the worker
    java -jar audit-worker.jar migrate      changes the tables alone, with the DB_ settings
    java -jar audit-worker.jar COMMAND      does one thing and ends

    %s
    The running system is the one that RABBITMQ_URL, DB_HOST, DB_PORT, DB_NAME, DB_USER and
    DB_PASSWORD name; without them the one of make run (.local/stack.env), else the ports that
    docker compose publishes (.env).

    Exit codes: 0 done; 1 not all is as it should be, or as asked: what, is said; 2 not done:
    called wrongly, or a backend is away.
    """
        .formatted(
            String.join(
                    "\n",
                    VerifyCommand.HELP,
                    ExportCommand.HELP,
                    HoldCommand.HELP,
                    ReconcileCommand.HELP,
                    ParkedCommand.HELP)
                .indent(2));
  }
}
