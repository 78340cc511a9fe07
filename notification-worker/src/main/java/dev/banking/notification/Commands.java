package dev.banking.notification;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.banking.notification.command.CommandFailedException;
import dev.banking.notification.command.ExitCode;
import dev.banking.notification.command.RunningSystem;
import dev.banking.notification.parked.ParkedCommand;
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
      err.println("notification-worker " + String.join(" ", words) + ": " + e.getMessage());
      err.println("notification-worker --help explains the commands.");
      return ExitCode.FAILED;
    }
  }

  private ExitCode command(List<String> words) {
    var options = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "parked" -> new ParkedCommand(this::system, out).run(options);
      default -> throw new CommandFailedException("unknown command");
    };
  }

  private RunningSystem system() {
    return RunningSystem.find(environment, project);
  }

  private static String help() {
    return """
    java -jar notification-worker.jar              runs the worker
    java -jar notification-worker.jar migrate      changes the tables alone, with the DB_ settings
    java -jar notification-worker.jar COMMAND      does one thing and ends

    %s
    The running system is the one that RABBITMQ_URL, DB_HOST, DB_PORT, DB_NAME, DB_USER and
    DB_PASSWORD name; without them the one of make run (.local/stack.env), else the ports that
    docker compose publishes (.env).

    Exit codes: 0 done; 1 not all is as it should be, or as asked: what, is said; 2 not done:
    called wrongly, or a backend is away.
    """
        .formatted(ParkedCommand.HELP.indent(2));
  }
}
