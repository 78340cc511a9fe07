package dev.banking.loadtests.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process and all that descend from it, as Linux counts them in {@code /proc}. */
public record ProcessTree(ProcessHandle root) {

  /** Linux tells times to programs in hundredths of a second, whatever its clock does. */
  private static final double MILLIS_PER_TICK = 10;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final int REAPED_USER_TIME = 13;
  private static final int REAPED_SYSTEM_TIME = 14;
  private static final int START_TIME = 19;

  /** Processor time that it used so far, with that of descendants that have ended meanwhile. */
  public double cpuMillis() {
    return living().mapToDouble(ProcessTree::cpuMillis).sum();
  }

  private static double cpuMillis(ProcessHandle process) {
    var fields = stat(process);
    return fields.isEmpty()
        ? 0
        : MILLIS_PER_TICK
            * Stream.of(USER_TIME, SYSTEM_TIME, REAPED_USER_TIME, REAPED_SYSTEM_TIME)
                .mapToLong(field -> Long.parseLong(fields.get(field)))
                .sum();
  }

  /** Memory in MiB; what processes share is divided between them. */
  public double residentMebibytes() {
    return living().mapToDouble(process -> kibibytes(process, "smaps_rollup", "Pss:")).sum() / 1024;
  }

  /** The most that the root alone has had resident at once, in MiB. */
  public double peakMebibytes() {
    return kibibytes(root, "status", "VmHWM:") / 1024;
  }

  /** Seconds since the root began; exact to a hundredth. */
  public double ageSeconds() {
    try {
      var uptime = Files.readString(Path.of("/proc/uptime"));
      var started = MILLIS_PER_TICK * Double.parseDouble(stat(root).get(START_TIME)) / 1e3;
      return Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) - started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<ProcessHandle> living() {
    return Stream.concat(Stream.of(root), root.descendants());
  }

  /** Empty when the process is gone. */
  private static List<String> stat(ProcessHandle process) {
    try {
      return statFields(Files.readString(file(process, "stat")));
    } catch (IOException _) {
      return List.of();
    }
  }

  /** The fields after the name, which may itself have blanks and brackets in it: see proc(5). */
  static List<String> statFields(String line) {
    return List.of(line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1));
  }

  private static double kibibytes(ProcessHandle process, String file, String name) {
    try (var lines = Files.lines(file(process, file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException | UncheckedIOException _) {
      return 0;
    }
  }

  private static Path file(ProcessHandle process, String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }
}
