package dev.banking.loadtests.system;

import dev.banking.loadtests.LoadTestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The processes of a {@link LocalSystem} by what they do, and how they were started. */
public final class Running {

  private Running() {}

  /** The Java process that runs this jar. */
  public static ProcessTree application(LocalSystem system, String name) {
    return new ProcessTree(
        find(
            system,
            name,
            command -> program(command, "java") && command.stream().anyMatch(isJarOf(name))));
  }

  private static Predicate<String> isJarOf(String name) {
    return word -> word.contains("/" + name + "/") && word.endsWith(".jar");
  }

  public static ProcessTree postgres(LocalSystem system) {
    return new ProcessTree(
        find(
            system, "postgres", command -> program(command, "postgres") && command.contains("-D")));
  }

  public static ProcessTree redis(LocalSystem system) {
    return new ProcessTree(find(system, "redis", command -> program(command, "redis-server")));
  }

  public static ProcessTree rabbitMq(LocalSystem system) {
    return new ProcessTree(find(system, "rabbitmq", command -> program(command, "beam.smp")));
  }

  /** The words that a process was started with. */
  static List<String> command(ProcessHandle process) throws IOException {
    return words(process, "cmdline");
  }

  /** The environment that a process was started with. */
  static Map<String, String> environment(ProcessHandle process) throws IOException {
    var environment = new HashMap<String, String>();
    for (var word : words(process, "environ")) {
      var equals = word.indexOf('=');
      if (equals > 0) {
        environment.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return environment;
  }

  private static List<String> words(ProcessHandle process, String file) throws IOException {
    var text =
        Files.readString(
            Path.of("/proc", Long.toString(process.pid()), file), StandardCharsets.UTF_8);
    return Stream.of(text.split("\0", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static boolean program(List<String> command, String name) {
    return !command.isEmpty()
        && Objects.requireNonNull(Path.of(command.getFirst()).getFileName())
            .toString()
            .startsWith(name);
  }

  private static ProcessHandle find(LocalSystem system, String name, Predicate<List<String>> isIt) {
    return system
        .process()
        .descendants()
        .filter(process -> isIt.test(commandOrNothing(process)))
        .findFirst()
        .orElseThrow(() -> new LoadTestException("there is no process of " + name));
  }

  private static List<String> commandOrNothing(ProcessHandle process) {
    try {
      return command(process);
    } catch (IOException _) {
      return List.of();
    }
  }
}
