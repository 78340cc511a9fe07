package dev.banking.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How to start a process, and how to end it.
 *
 * @param name for people, and for its log lines
 * @param arguments the program and its arguments
 * @param environment added to ours; an empty value removes a variable
 * @param folder the working directory
 * @param stopSignal what asks it to end, without SIG: {@code TERM}, {@code INT}
 * @param grace how long it may take to end, in whole seconds; then it is killed
 */
public record Command(
    String name,
    List<String> arguments,
    Map<String, String> environment,
    Path folder,
    String stopSignal,
    Duration grace) {

  /** The niceness of what works off events: a request is more urgent than those that it makes. */
  public static final int AFTER_REQUESTS = 10;

  public Command {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /**
   * The same command, but it lets other processes go first.
   *
   * @param niceness 0 to 19, as of nice(1)
   */
  public Command withNiceness(int niceness) {
    if (niceness == 0) {
      return this;
    }
    var script = Resources.script("step-back.sh");
    var words = Stream.of("sh", "-c", script, "step-back", Integer.toString(niceness));
    var all = Stream.concat(words, arguments.stream()).toList();
    return new Command(name, all, environment, folder, stopSignal, grace);
  }
}
