package dev.banking.loadtests.arrivals;

import dev.banking.loadtests.generator.OpenLoop;
import dev.banking.loadtests.generator.Requests;
import dev.banking.loadtests.generator.Wrk;
import dev.banking.loadtests.lab.Events;
import dev.banking.loadtests.lab.Lab;
import dev.banking.loadtests.lab.Progress;
import dev.banking.loadtests.lab.Settings;
import dev.banking.loadtests.report.Median;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;

/** Fifty quiet users, alone and while somebody else's account is hammered. */
public final class Neighbour {

  private static final int QUIET_USERS = 50;
  private static final double QUIET_PER_SECOND = 100;
  private static final int LOUD_CONNECTIONS = 200;
  private static final int MOST_ROUNDS = 3;

  /** The hammering begins before, and ends after, what is measured. */
  private static final Duration LEAD = Duration.ofSeconds(2);

  private final Lab lab;
  private final Settings settings;
  private final Progress progress;

  public Neighbour(Lab lab, Settings settings, Progress progress) {
    this.lab = lab;
    this.settings = settings;
    this.progress = progress;
  }

  /** Medians of the quiet users' p99, in milliseconds. */
  public record Result(double alone, double besideTheLoud) {}

  public Result measure() throws IOException, InterruptedException {
    var alone = new ArrayList<Double>();
    var beside = new ArrayList<Double>();
    for (var round = 0; round < Math.min(MOST_ROUNDS, settings.rounds()); round++) {
      alone.add(quietP99());
      beside.add(whileHammered(this::quietP99));
      progress.say(
          "p99 of the quiet: alone %.1f ms, beside the loud one %.1f ms"
              .formatted(alone.getLast(), beside.getLast()));
      new Events(lab.bank()).awaitNone();
    }
    return new Result(median(alone), median(beside));
  }

  private static double median(List<Double> values) {
    return Median.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private double quietP99() throws IOException {
    var base = lab.main().base();
    try (var clients = new OpenLoop(base, QUIET_USERS)) {
      return clients.fire(QUIET_PER_SECOND, duration(), quietRequests(base)).latency().p99();
    }
  }

  private LongFunction<byte[]> quietRequests(URI base) {
    var requests =
        lab.main().users().subList(0, QUIET_USERS).stream()
            .map(user -> Requests.change(base, user, "0.01"))
            .toList();
    return number -> requests.get((int) (number % QUIET_USERS));
  }

  private double whileHammered(Callable<Double> measurement)
      throws IOException, InterruptedException {
    var hot = Wrk.Request.change(lab.main().hotUser(), "0.01");
    var all = duration().plus(LEAD).plus(LEAD);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var hammer =
          threads.submit(() -> lab.wrk().fire(lab.main().base(), hot, LOUD_CONNECTIONS, all));
      Thread.sleep(LEAD);
      var result = threads.submit(measurement).get();
      hammer.get();
      return result;
    } catch (ExecutionException e) {
      throw new IOException("the measurement failed: " + e.getCause(), e);
    }
  }

  private Duration duration() {
    return settings.measured().multipliedBy(2);
  }
}
