package dev.banking.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processes that have anything to do with a folder: by arguments, environment or working folder.
 */
public final class Leftovers {

  private Leftovers() {}

  /** Their ids and command lines, ours excepted. */
  public static List<String> of(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> mentions(process, folder.toString()))
        .map(process -> process.pid() + " " + read(process, "cmdline").replace('\0', ' '))
        .toList();
  }

  private static boolean mentions(ProcessHandle process, String folder) {
    return Stream.of(read(process, "cmdline"), read(process, "environ"), workingFolder(process))
        .anyMatch(text -> text.contains(folder));
  }

  private static String read(ProcessHandle process, String file) {
    try {
      var path = Path.of("/proc", Long.toString(process.pid()), file);
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }

  private static String workingFolder(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
          .toString();
    } catch (IOException _) {
      return "";
    }
  }
}
