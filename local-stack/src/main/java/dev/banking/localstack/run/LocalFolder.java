package dev.banking.localstack.run;

import dev.banking.localstack.BackendException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The folder of a run: one run at a time. The operating system drops the lock of a run that was
 * killed; what such a run forgot to remove tells the next one so.
 */
final class LocalFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel pidFile;
  private final boolean lastRunWasKilled;

  private LocalFolder(Path folder, FileChannel pidFile, boolean lastRunWasKilled) {
    this.folder = folder;
    this.pidFile = pidFile;
    this.lastRunWasKilled = lastRunWasKilled;
  }

  /**
   * Takes the folder, makes it when needed.
   *
   * @throws BackendException when another run has it: which
   */
  static LocalFolder take(Path folder) {
    try {
      Files.createDirectories(folder);
      var file = folder.resolve("run.pid");
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw new BackendException(
            "make run runs already, as process %s, with the data in %s. Stop it: make stop."
                .formatted(pid(folder).map(String::valueOf).orElse("?"), folder));
      }
      var killed = channel.size() > 0;
      channel.truncate(0);
      channel.write(bytes(Long.toString(ProcessHandle.current().pid())));
      return new LocalFolder(folder, channel, killed);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use " + folder, e);
    }
  }

  /** The process that has the folder, or had it when it was killed. */
  static Optional<Long> pid(Path folder) {
    try {
      var file = folder.resolve("run.pid");
      var text = Files.exists(file) ? Files.readString(file).strip() : "";
      return text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
  }

  /** Whether some process holds the folder now. */
  static boolean isTaken(Path folder) {
    var file = folder.resolve("run.pid");
    if (!Files.exists(file)) {
      return false;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      return lock == null;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  boolean lastRunWasKilled() {
    return lastRunWasKilled;
  }

  /** Tells other tools where everything is; there only while all of it is up. */
  void writeAddresses(Map<String, String> addresses) throws IOException {
    var text = new StringBuilder();
    new TreeMap<>(addresses)
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    var owner = PosixFilePermissions.fromString("rw-------");
    var half = folder.resolve("stack.env.half");
    Files.deleteIfExists(half);
    Files.createFile(half, PosixFilePermissions.asFileAttribute(owner));
    Files.writeString(half, text);
    Files.move(half, addresses(folder), StandardCopyOption.ATOMIC_MOVE);
  }

  void removeAddresses() {
    try {
      Files.deleteIfExists(addresses(folder));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the addresses in " + folder, e);
    }
  }

  static Path addresses(Path folder) {
    return folder.resolve("stack.env");
  }

  @Override
  public void close() {
    removeAddresses();
    try (pidFile) {
      pidFile.truncate(0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot leave " + folder, e);
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
