package dev.banking.loadtests.bench;

import dev.banking.loadtests.LoadTestException;
import dev.banking.loadtests.lab.Progress;
import dev.banking.loadtests.report.Ratio;
import dev.banking.loadtests.report.Slope;
import dev.banking.loadtests.report.Table;
import dev.banking.loadtests.report.Verdicts;
import dev.banking.loadtests.system.HeapUse;
import dev.banking.loadtests.system.LocalSystem;
import dev.banking.loadtests.system.ProcessTree;
import dev.banking.loadtests.system.Running;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Memory of the three applications over time: resident, and of the heap what a collection leaves.
 */
final class Growth {

  private static final List<String> APPLICATIONS =
      List.of("api-service", "notification-worker", "audit-worker");
  private static final Duration PERIOD = Duration.ofSeconds(20);

  /** What caches, compiled code and buffers may still grow by, once the first third is over. */
  private static final double HEAP_PER_MINUTE = 0.5;

  private static final double RESIDENT_PER_MINUTE = 1.5;

  private final Map<String, ProcessTree> processes = new LinkedHashMap<>();
  private final Map<String, List<Look>> looks = new LinkedHashMap<>();
  private final Progress progress;
  private final long startNanos = System.nanoTime();

  Growth(LocalSystem system, Progress progress) {
    this.progress = progress;
    for (var name : APPLICATIONS) {
      processes.put(name, Running.application(system, name));
      looks.put(name, new ArrayList<>());
    }
  }

  /** One look at one application; in MiB. */
  record Look(double minute, double resident, double heap) {}

  /** Looks again and again. */
  Watch watch() {
    return new Watch(this);
  }

  /** The thread that looks. */
  static final class Watch implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> looking;

    private Watch(Growth growth) {
      var period = PERIOD.toMillis();
      looking = timer.scheduleAtFixedRate(growth::look, period, period, TimeUnit.MILLISECONDS);
    }

    /** False when a look has failed, for instance because an application ended. */
    boolean isGoingOn() {
      return !looking.isDone();
    }

    @Override
    public void close() {
      timer.close();
    }
  }

  /** Collects garbage in all three and writes down what is left. */
  synchronized void look() {
    var minute = (double) (System.nanoTime() - startNanos) / 60e9;
    var line = new StringBuilder();
    processes.forEach((name, process) -> {
      try {
        var look = new Look(minute, process.residentMebibytes(), HeapUse.afterCollection(process));
        looks.getOrDefault(name, new ArrayList<>()).add(look);
        line.append("%s %.0f MiB, heap %.1f   ".formatted(name, look.resident(), look.heap()));
      } catch (IOException | InterruptedException e) {
        throw new LoadTestException("cannot look at " + name + ": " + e.getMessage(), e);
      }
    });
    progress.say(line.toString().strip());
  }

  /** Memory must not grow once everything is warm: the first third does not count. */
  void judge(Verdicts verdicts) {
    looks.forEach((name, all) -> {
      verdicts.add(Ratio.limit(name + ": heap, MiB a minute", HEAP_PER_MINUTE, slope(all, false)));
      verdicts.add(
          Ratio.limit(name + ": resident, MiB a minute", RESIDENT_PER_MINUTE, slope(all, true)));
    });
  }

  private static double slope(List<Look> all, boolean isResident) {
    var late = all.subList(all.size() / 3, all.size());
    return Slope.of(
        late.stream().mapToDouble(Look::minute).toArray(),
        late.stream().mapToDouble(look -> isResident ? look.resident() : look.heap()).toArray());
  }

  Table table() {
    var table = new Table().header("application").header("looks");
    table.header("resident, first MiB").header("last").header("heap, first MiB").header("last");
    looks.forEach((name, all) -> {
      if (!all.isEmpty()) {
        table.row(
            List.of(
                name,
                Integer.toString(all.size()),
                "%.0f".formatted(all.getFirst().resident()),
                "%.0f".formatted(all.getLast().resident()),
                "%.1f".formatted(all.getFirst().heap()),
                "%.1f".formatted(all.getLast().heap())));
      }
    });
    return table;
  }

  Map<String, List<Look>> raw() {
    return looks;
  }
}
