package dev.banking.audit.hold;

import dev.banking.audit.command.CommandFailedException;
import dev.banking.audit.command.ExitCode;
import dev.banking.audit.command.Operator;
import dev.banking.audit.command.Options;
import dev.banking.audit.command.RunningSystem;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** {@code hold add}, {@code hold release} and {@code hold list}. */
public final class HoldCommand {

  private static final int LONGEST = 1_000;

  public static final String HELP =
      """
      hold add (--all | --user ID) --reason TEXT [--actor NAME]
      hold release --number N --reason TEXT [--actor NAME]
      hold list [--released]
        Legal holds: while one is not released no month that it touches is dropped from the book,
        however old; --all holds every month, --user those in which the user has entries. Who, why
        and when cannot be changed afterwards. Each use is noted in audit.access_log.
        --released    shows also those that were released
        --actor NAME  who does it, if it is not this machine's user
      """;

  private final Supplier<RunningSystem> system;
  private final PrintStream out;

  /**
   * Does nothing yet.
   *
   * @param system asked when it is needed
   */
  public HoldCommand(Supplier<RunningSystem> system, PrintStream out) {
    this.system = system;
    this.out = out;
  }

  /**
   * Adds, releases or lists.
   *
   * @param words what follows {@code hold}
   * @throws CommandFailedException when it cannot
   */
  public ExitCode run(List<String> words) {
    var options = words.subList(Math.min(1, words.size()), words.size());
    try {
      return switch (words.isEmpty() ? "" : words.getFirst()) {
        case "add" ->
            add(Options.parse(options, Set.of("--all"), Set.of("--user", "--reason", "--actor")));
        case "release" ->
            release(Options.parse(options, Set.of(), Set.of("--number", "--reason", "--actor")));
        case "list" -> list(Options.parse(options, Set.of("--released"), Set.of("--actor")));
        default -> throw new CommandFailedException("hold what? add, release or list");
      };
    } catch (SQLException e) {
      throw new CommandFailedException("nothing was done: " + e.getMessage(), e);
    }
  }

  private ExitCode add(Options options) throws SQLException {
    if (options.has("--all") == options.has("--user")) {
      throw new CommandFailedException("hold what? either --all, or --user ID");
    }
    var user = options.has("--all") ? null : number(options, "--user");
    var number = holds(options).add(user, reason(options));
    out.printf(
        "Hold %d: %s.%n", number, user == null ? "the whole book" : "the entries of user " + user);
    return ExitCode.DONE;
  }

  private ExitCode release(Options options) throws SQLException {
    var number = number(options, "--number");
    var reason = reason(options);
    var holds = holds(options);
    if (holds.list(false).stream().noneMatch(hold -> hold.number() == number)) {
      throw new CommandFailedException("there is no hold " + number + " to release");
    }
    holds.release(number, reason);
    out.printf("Hold %d is released.%n", number);
    return ExitCode.DONE;
  }

  private ExitCode list(Options options) throws SQLException {
    var holds = holds(options).list(options.has("--released"));
    for (var hold : holds) {
      out.printf(
          "%d  %s  since %s by %s: %s%n",
          hold.number(), hold.of(), hold.placedAt(), hold.actor(), hold.reason());
      if (hold.released() != null) {
        out.printf("   released %s%n", hold.released());
      }
    }
    out.println(holds.isEmpty() ? "Nothing is held." : holds.size() + " holds.");
    return ExitCode.DONE;
  }

  private Holds holds(Options options) {
    return new Holds(system.get(), Operator.of(options));
  }

  private static String reason(Options options) {
    return options
        .last("--reason")
        .map(String::strip)
        .filter(reason -> !reason.isEmpty() && reason.length() <= LONGEST)
        .orElseThrow(
            () -> new CommandFailedException("why? --reason TEXT, up to 1,000 characters"));
  }

  private static long number(Options options, String name) {
    return options
        .last(name)
        .filter(word -> word.matches("[1-9][0-9]{0,17}"))
        .map(Long::valueOf)
        .orElseThrow(() -> new CommandFailedException(name + " must be a number"));
  }
}
