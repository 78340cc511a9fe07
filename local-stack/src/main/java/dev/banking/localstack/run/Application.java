package dev.banking.localstack.run;

import dev.banking.localstack.BackendException;
import dev.banking.localstack.Command;
import dev.banking.localstack.LocalProcess;
import dev.banking.localstack.LogSink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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
 * @param jar what to run
 * @param options of the Java virtual machine
 * @param environment its whole configuration
 * @param healthy every one answers 200 when it is ready
 */
record Application(
    String name,
    int niceness,
    Path jar,
    List<String> options,
    Map<String, String> environment,
    List<URI> healthy) {

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration ASK_AGAIN = Duration.ofMillis(200);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  /** A little more than the applications give themselves. */
  private static final Duration GRACE = Duration.ofSeconds(25);

  /** Starts the process; it is not ready yet. */
  LocalProcess start(Path folder, LogSink log) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("nice", "-n", Integer.toString(niceness)));
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    arguments.addAll(options);
    arguments.addAll(List.of("-jar", jar.toString()));
    return LocalProcess.start(
        new Command(name, arguments, environment, folder, "TERM", GRACE), log);
  }

  /**
   * Waits until it is healthy.
   *
   * @throws BackendException when it ended, or is not healthy in time: with what it said last
   */
  void awaitHealthy(LocalProcess process) throws InterruptedException {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    try (var client = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build()) {
      while (!isHealthy(client)) {
        if (!process.isRunning() || System.nanoTime() - deadline > 0) {
          var what = process.isRunning() ? " is not healthy" : " ended while it was starting";
          throw new BackendException(name + what + ". It said last:\n" + process.lastLines());
        }
        Thread.sleep(ASK_AGAIN);
      }
    }
  }

  private boolean isHealthy(HttpClient client) throws InterruptedException {
    for (var address : healthy) {
      try {
        var request = HttpRequest.newBuilder(address).timeout(ANSWER_LIMIT).build();
        if (client.send(request, BodyHandlers.discarding()).statusCode() != 200) {
          return false;
        }
      } catch (IOException _) {
        return false;
      }
    }
    return true;
  }
}
