package dev.banking.loadtests.system;

import dev.banking.loadtests.LoadTestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What is left of a Java heap after a full collection, asked with the JDK's jcmd. */
public final class HeapUse {

  private static final int LIMIT_SECONDS = 30;
  private static final double MEBI_IN_KIBI = 1024;

  /** Of the generations or regions that the collector in use has: each tells its own use. */
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private HeapUse() {}

  /** Collects, then tells the MiB that are in use. */
  public static double afterCollection(ProcessTree process)
      throws IOException, InterruptedException {
    var _ = jcmd(process, "GC.run");
    return used(jcmd(process, "GC.heap_info"));
  }

  /** The heap's part: the lines before the one of the metaspace. */
  static double used(String heapInfo) {
    var metaspace = heapInfo.indexOf("Metaspace");
    var heap = metaspace < 0 ? heapInfo : heapInfo.substring(0, metaspace);
    var kibibytes =
        USED.matcher(heap).results().mapToLong(match -> Long.parseLong(match.group(1))).sum();
    return (double) kibibytes / MEBI_IN_KIBI;
  }

  private static String jcmd(ProcessTree process, String command)
      throws IOException, InterruptedException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var started =
        new ProcessBuilder(jcmd, Long.toString(process.root().pid()), command)
            .redirectErrorStream(true)
            .start();
    var output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!started.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || started.exitValue() != 0) {
      started.destroyForcibly();
      throw new LoadTestException("jcmd " + command + " failed: " + output);
    }
    return output;
  }
}
