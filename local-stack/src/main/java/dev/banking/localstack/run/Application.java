package dev.banking.localstack.run;

import dev.banking.localstack.BackendException;
import dev.banking.localstack.Command;
import dev.banking.localstack.LocalProcess;
import dev.banking.localstack.LogSink;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the three applications, as a process.
 *
 * @param name a short word for its log lines
 * @param niceness 0 to 19: how readily it lets the others go first
 * @param files what to run
 * @param options of the Java virtual machine
 * @param environment its whole configuration
 * @param healthy every one answers 200 when it is ready
 */
record Application(
    String name,
    int niceness,
    StartFiles files,
    List<String> options,
    Map<String, String> environment,
    List<URI> healthy) {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration ASK_AGAIN = Duration.ofMillis(200);
  private static final int ANSWER_LIMIT_MILLIS = 2_000;

  /** A little more than the applications give themselves. */
  private static final Duration GRACE = Duration.ofSeconds(25);

  /** After its work it writes the cache down. */
  private static final Duration TRAINING_GRACE = Duration.ofMinutes(3);

  /** Starts the process; it is not ready yet. */
  LocalProcess start(Path folder, LogSink log) {
    return start(files.commandLine(options), GRACE, folder, log);
  }

  /** The same for a run that ends with a cache for the next ones. */
  LocalProcess train(Path folder, LogSink log) {
    return start(files.trainingLine(options), TRAINING_GRACE, folder, log);
  }

  private LocalProcess start(List<String> afterJava, Duration grace, Path folder, LogSink log) {
    var arguments = new ArrayList<String>();
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    arguments.addAll(afterJava);
    return LocalProcess.start(
        new Command(name, arguments, environment, folder, "TERM", grace).withNiceness(niceness),
        log);
  }

  /**
   * Waits until it is healthy.
   *
   * @throws BackendException when it ended, or is not healthy in time: with what it said last
   */
  void awaitHealthy(LocalProcess process) throws InterruptedException {
    awaitHealthy(name, healthy, process);
  }

  /** The same for what is no application, but answers like one. */
  static void awaitHealthy(String name, List<URI> healthy, LocalProcess process)
      throws InterruptedException {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!healthy.stream().allMatch(Application::answersWell)) {
      if (!process.isRunning() || System.nanoTime() - deadline > 0) {
        var what = process.isRunning() ? " is not healthy" : " ended while it was starting";
        throw new BackendException(name + what + ". It said last:\n" + process.lastLines());
      }
      Thread.sleep(ASK_AGAIN);
    }
  }

  /** Every step of the question is bounded, also the end of the connection. */
  private static boolean answersWell(URI address) {
    try {
      var connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(ANSWER_LIMIT_MILLIS);
      connection.setReadTimeout(ANSWER_LIMIT_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException _) {
      return false;
    }
  }
}
