package dev.banking.localstack.run;

import dev.banking.localstack.BackendException;
import dev.banking.localstack.BackendPorts;
import dev.banking.localstack.Backends;
import dev.banking.localstack.LocalProcess;
import dev.banking.localstack.LogSink;
import dev.banking.localstack.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the applications of a new build once, with real requests and with backends that are thrown
 * away, so that the Java virtual machine writes down what it has learnt of them. Every later start
 * is sooner ready and sooner fast.
 */
final class Training {

  /** What an application said last is part of the message when it fails. */
  private static final LogSink UNHEARD = (_, _) -> {};

  private static final int EXTRACTION_LIMIT_SECONDS = 60;

  private final Project project;
  private final Map<String, String> environment;
  private final Terminal terminal;
  private final Path folder;

  /**
   * Does nothing yet.
   *
   * @param environment ours: {@code START_TRAINING=no} in it means never
   */
  Training(Project project, Map<String, String> environment, Terminal terminal) {
    this.project = project;
    this.environment = environment;
    this.terminal = terminal;
    this.folder = project.local().resolve("training");
  }

  /** Trains what this build was not trained for. A failure is said; the plain jars run as well. */
  void unlessDone() throws InterruptedException {
    if ("no".equals(environment.get("START_TRAINING"))) {
      return;
    }
    try {
      if (Applications.areTrained(project)) {
        return;
      }
      deleteFolder();
      try (var backends = new Backends(folder, BackendPorts.free(), UNHEARD)) {
        var ports = freePorts();
        var alone = Scale.of(Map.of(), ports);
        var applications = new Applications(project, settings(), ports, alone, backends);
        terminal.say("Training the new build for its starts, about a minute, once …");
        var begin = System.nanoTime();
        train(backends, applications.all(), applications.address());
        terminal.say(
            "  %-12s after %.1f s".formatted("trained", (System.nanoTime() - begin) / 1e9));
      }
    } catch (BackendException | IOException e) {
      terminal.say("Not trained, which only makes starts slower: " + e.getMessage());
    } finally {
      deleteFolder();
    }
  }

  private void train(Backends backends, List<Application> applications, URI api)
      throws InterruptedException, IOException {
    for (var application : applications) {
      extract(application.files());
    }
    backends.start();
    var processes = new ArrayList<LocalProcess>();
    try {
      for (var application : applications) {
        processes.add(application.train(project.root(), UNHEARD));
      }
      for (var i = 0; i < processes.size(); i++) {
        applications.get(i).awaitHealthy(processes.get(i));
      }
      TrainingRequests.fire(api);
    } finally {
      processes.parallelStream().forEach(LocalProcess::stop);
    }
    for (var application : applications) {
      if (!Files.exists(application.files().cache())) {
        throw new BackendException(application.name() + " has left no cache");
      }
      application.files().trained(application.options());
    }
  }

  private static void extract(StartFiles files) throws IOException, InterruptedException {
    delete(files.folder());
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-Djarmode=tools",
                    "-jar",
                    files.jar().toString(),
                    "extract",
                    "--destination",
                    files.folder().toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(EXTRACTION_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new BackendException(files.jar() + " cannot be taken apart");
    }
  }

  /** No signing key and no checkpoint of the training may meet the real ones. */
  private Map<String, String> settings() {
    return Map.of(
        "AUDIT_SIGNING_KEY_FILE", folder.resolve("signing-key.pem").toString(),
        "AUDIT_CHECKPOINT_FILE", folder.resolve("checkpoints.ndjson").toString());
  }

  private static PortNumbers freePorts() {
    var numbers = new HashMap<String, String>();
    for (var port : Port.values()) {
      numbers.put(port.variable(), Integer.toString(Ports.free()));
    }
    return new PortNumbers(numbers);
  }

  private void deleteFolder() {
    try {
      delete(folder);
    } catch (IOException e) {
      throw new BackendException("Cannot delete " + folder + ": " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var paths = Files.walk(folder)) {
        for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
