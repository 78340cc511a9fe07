package dev.banking.localstack.run;

import dev.banking.localstack.LogSink;
import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the person sees: progress, one table, then the log lines of all processes, each with the
 * name of its process before it. Colour only for a terminal.
 */
final class Terminal implements LogSink {

  private static final int NAME_WIDTH = 12;
  private static final List<String> COLOURS = List.of("36", "32", "35", "33", "34", "31");
  private static final List<String> NAMES =
      List.of("api", "notification", "audit", "postgres", "redis", "rabbitmq");

  private final PrintStream out;
  private final boolean colour;
  private volatile boolean showLogs;

  Terminal(PrintStream out, boolean colour, boolean showLogs) {
    this.out = out;
    this.colour = colour;
    this.showLogs = showLogs;
  }

  /** For the terminal that we were started in. */
  static Terminal ours(Map<String, String> environment, boolean showLogs) {
    var wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
    var colour =
        wanted && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new Terminal(System.out, colour, showLogs);
  }

  /** From now on log lines are shown; before, they would bury the progress. */
  void showLogs() {
    showLogs = true;
  }

  void say(String line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  @Override
  public void line(String source, String line) {
    if (showLogs) {
      say(paint(source, "%-" + NAME_WIDTH + "s |", source) + " " + line);
    }
  }

  private String paint(String source, String format, String text) {
    var padded = format.formatted(text);
    var index = NAMES.indexOf(source);
    return colour && index >= 0
        ? "\u001b[" + COLOURS.get(index) + "m" + padded + "\u001b[0m"
        : padded;
  }
}
