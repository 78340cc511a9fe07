package dev.banking.localstack.run;

import dev.banking.localstack.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The program behind {@code make run}. */
public final class Run {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(150);
  private static final Duration LOOK = Duration.ofMillis(200);

  private static final String HELP =
      """
      Runs PostgreSQL, Redis, RabbitMQ and the three applications on this machine, without Docker.

        run              start all, show their logs; Ctrl-C or SIGTERM stops all
        run --verbose    show the logs from the first moment on
        status           whether a run is up, and its addresses
        stop             stop the run that is up
        --help           this text

      Environment (variable, default, what it moves):
      %s

        SCALE                        1 to 6 instances of the API; HAProxy before several has PORT,
                                     theirs begin with INSTANCE_PORT (3101) and
                                     INSTANCE_MANAGEMENT_PORT (9101)
        BALANCER_ALGORITHM           hash: each user has an instance; roundrobin: nobody has, to
                                     measure what the hash saves
        API_JAVA_OPTS, NOTIFICATION_JAVA_OPTS, AUDIT_JAVA_OPTS
                                     instead of -Xmx320m, -Xmx256m and the rest of ours
        START_TRAINING=no            start from the plain jars; otherwise the first run of a build
                                     trains a cache that lets all runs start several times sooner
        RABBITMQ_SERVER              the rabbitmq-server script, if it is not where packages put it
        NO_COLOR                     no colours, whatever the terminal can

      Every other variable is passed on to the applications: .env.example lists theirs.
      The data stays in .local/ until make clean. .local/stack.env has the addresses while all is up.
      """;

  private final Map<String, String> environment;
  private final Terminal terminal;
  private final Project project;

  private Run(Map<String, String> environment, Terminal terminal, Project project) {
    this.environment = environment;
    this.terminal = terminal;
    this.project = project;
  }

  /** Exit codes: 0 all well, 1 something failed and was said, 2 called wrongly. */
  public static void main(String[] arguments) {
    var words = List.of(arguments);
    var terminal = Terminal.ours(System.getenv(), words.contains("--verbose"));
    try {
      System.exit(run(words, terminal));
    } catch (InterruptedException _) {
      System.exit(FAILED);
    }
  }

  private static int run(List<String> words, Terminal terminal) throws InterruptedException {
    try {
      var project = Project.around(Path.of(""));
      var run = new Run(System.getenv(), terminal, project);
      return switch (words.isEmpty() ? "run" : words.getFirst()) {
        case "run", "--verbose" -> run.run();
        case "status" -> run.status();
        case "stop" -> run.stop();
        case "--help", "-h", "help" -> {
          terminal.say(HELP.formatted(Port.help()));
          yield 0;
        }
        default -> {
          terminal.say("Unknown: " + words.getFirst() + "\n\n" + HELP.formatted(Port.help()));
          yield MISUSED;
        }
      };
    } catch (BackendException e) {
      terminal.say("\n" + e.getMessage());
      return FAILED;
    }
  }

  private int run() throws InterruptedException {
    var folder = LocalFolder.take(project.local());
    var exitCode = new AtomicInteger();
    try {
      var stack = new Stack(project, folder, environment, terminal);
      // A hook that returned would leave the exit code to the signal; a clean stop is a success.
      var hook = new Thread(() -> end(stack, folder, exitCode), "stop");
      Runtime.getRuntime().addShutdownHook(hook);
      stack.check();
      new Training(project, environment, terminal).unlessDone();
      stack.start();
      stack.watch();
      return 0;
    } catch (BackendException e) {
      exitCode.set(FAILED);
      throw e;
    } catch (IOException e) {
      exitCode.set(FAILED);
      throw new BackendException("Cannot write to " + project.local() + ": " + e.getMessage(), e);
    }
  }

  private void end(Stack stack, LocalFolder folder, AtomicInteger exitCode) {
    try {
      stack.stop();
      folder.close();
      terminal.say("Stopped.");
    } catch (RuntimeException e) {
      exitCode.set(FAILED);
      terminal.say("Could not stop cleanly: " + e);
    } finally {
      Runtime.getRuntime().halt(exitCode.get());
    }
  }

  private int status() {
    var process = runningProcess();
    var addresses = LocalFolder.addresses(project.local());
    try {
      if (process.isEmpty()) {
        terminal.say("Not running.");
        return FAILED;
      }
      var up = Files.exists(addresses);
      terminal.say("Process " + process.get().pid() + (up ? ", all is up:" : ", not all is up."));
      if (up) {
        terminal.say(Files.readString(addresses).strip());
      }
      return up ? 0 : FAILED;
    } catch (IOException e) {
      throw new BackendException("Cannot read " + addresses + ": " + e.getMessage(), e);
    }
  }

  private int stop() throws InterruptedException {
    var process = runningProcess();
    if (process.isEmpty()) {
      terminal.say("Not running.");
      return 0;
    }
    process.get().destroy();
    var deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    while (process.get().isAlive()) {
      if (System.nanoTime() - deadline > 0) {
        terminal.say("Process " + process.get().pid() + " does not stop.");
        return FAILED;
      }
      Thread.sleep(LOOK);
    }
    terminal.say("Stopped.");
    return 0;
  }

  private Optional<ProcessHandle> runningProcess() {
    return LocalFolder.isTaken(project.local())
        ? LocalFolder.pid(project.local()).flatMap(ProcessHandle::of)
        : Optional.empty();
  }
}
