package dev.banking.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who we are. PostgreSQL refuses to run as root, so for root it runs as somebody else: in a user
 * namespace without a mapping, where root's files look like one's own, or else as {@code nobody}.
 */
final class User {

  private static final String NOBODY = "65534";
  private static final int LIMIT_SECONDS = 30;
  private static final List<String> NAMESPACE = List.of("unshare", "-U");
  private static final List<String> DROP =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

  private User() {}

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /**
   * What to write before a command that refuses to run as root.
   *
   * @param program must be executable for that user
   * @param folder is handed over to that user when it has to be
   */
  static List<String> notRoot(Path program, Path folder) {
    if (!isRoot()) {
      return List.of();
    }
    if (succeeds(NAMESPACE, List.of("true"))) {
      return NAMESPACE;
    }
    if (succeeds(List.of(), List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()))
        && succeeds(DROP, List.of("test", "-x", program.toString()))
        && succeeds(DROP, List.of("test", "-w", folder.toString()))) {
      return DROP;
    }
    throw new BackendException(
        "PostgreSQL refuses to run as root, and here it can run as nobody else: user \"nobody\""
            + (" cannot reach " + folder + ". Run this as a normal user,")
            + " or from a folder that everybody may enter.");
  }

  /** Whether the command can be run, ends in time and says that all is well. */
  static boolean succeeds(List<String> prefix, List<String> command) {
    var line = new ArrayList<>(prefix);
    line.addAll(command);
    try {
      var process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
