package dev.banking.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who listens on a port, as far as Linux lets us see. */
final class PortOwner {

  private static final Path PROC = Path.of("/proc");
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTEN = "0A";

  private PortOwner() {}

  /** The process, if it is one of ours or we are root. */
  static Optional<ProcessHandle> of(int port) {
    var sockets =
        Stream.of("net/tcp", "net/tcp6")
            .flatMap(table -> lines(PROC.resolve(table)).stream())
            .map(line -> line.strip().split("\\s+"))
            .filter(fields -> fields.length > INODE && fields[STATE].equals(LISTEN))
            .filter(fields -> fields[LOCAL_ADDRESS].endsWith(":%04X".formatted(port)))
            .map(fields -> "socket:[" + fields[INODE] + "]")
            .toList();
    return sockets.isEmpty()
        ? Optional.empty()
        : ProcessHandle.allProcesses().filter(process -> holds(process, sockets)).findFirst();
  }

  private static boolean holds(ProcessHandle process, List<String> sockets) {
    try (var files = Files.list(PROC.resolve(process.pid() + "/fd"))) {
      return files.map(PortOwner::target).anyMatch(sockets::contains);
    } catch (IOException _) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "";
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException _) {
      return List.of();
    }
  }
}
