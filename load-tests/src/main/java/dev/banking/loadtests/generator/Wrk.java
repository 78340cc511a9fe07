package dev.banking.loadtests.generator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * wrk: a number of connections, each of which sends its next request when the last was answered.
 *
 * <p>Such clients wait when the system is slow, so that requests which would have been slow are
 * never sent ("coordinated omission", Gil Tene, "How NOT to Measure Latency", 2013). wrk 4 corrects
 * its latencies by an estimate; for latency under a given load see {@link OpenLoop}.
 */
public final class Wrk {

  private static final int MOST_THREADS = 2;
  private static final String TIMEOUT = "20s";

  private final Path program;
  private final Path script;

  private Wrk(Path program, Path script) {
    this.program = program;
    this.script = script;
  }

  /**
   * As this machine has it.
   *
   * @param scripts the folder of {@code wrk.lua}
   * @throws dev.banking.loadtests.LoadTestException when it has none: how to get it
   */
  public static Wrk find(Path scripts) {
    return new Wrk(Program.find("wrk", "apt-get install wrk"), scripts.resolve("wrk.lua"));
  }

  /**
   * What to send; the words that {@code wrk.lua} reads.
   *
   * @param isRefused whether every single answer must be a status of 400 or more, or none
   */
  public record Request(List<String> words, boolean isRefused) {

    /** A change of one user's balance that is applied. */
    public static Request change(long userId, String amount) {
      return new Request(List.of(path(userId) + "/balance", "PUT", amount, "-"), false);
    }

    /** A change that is refused. */
    public static Request refusedChange(long userId, String amount) {
      return new Request(change(userId, amount).words(), true);
    }

    /** A look at one user. */
    public static Request read(long userId, String cacheControl) {
      return new Request(List.of(path(userId), "GET", "-", cacheControl), false);
    }

    /** Changes of many users, and looks at them. */
    public static Request ofUsers(Path ids, String amount, double readShare) {
      return new Request(
          List.of("users", ids.toString(), amount, Double.toString(readShare)), false);
    }

    /** The same of a single user, with a bearer token. */
    public Request with(String token) {
      var withToken = new ArrayList<>(words);
      withToken.add("Bearer " + token);
      return new Request(withToken, isRefused);
    }

    private static String path(long userId) {
      return "/api/users/" + userId;
    }
  }

  /** Sends for so long; every answer is counted. */
  public Load fire(URI base, Request request, int connections, Duration duration)
      throws InterruptedException {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("-t", Integer.toString(Math.min(MOST_THREADS, connections))));
    command.addAll(List.of("-c", Integer.toString(connections)));
    command.addAll(List.of("-d", duration.toSeconds() + "s", "--timeout", TIMEOUT));
    command.addAll(List.of("-s", script.toString(), base.toString(), "--"));
    command.addAll(request.words());
    return WrkOutput.parse(Program.run(command, Map.of(), duration));
  }
}
