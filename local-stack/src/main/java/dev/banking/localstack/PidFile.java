package dev.banking.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers a process beyond our own end; a number that was given to another process is no match.
 */
final class PidFile {

  /** Linux derives start times from the wall clock, which may have been set meanwhile. */
  private static final Duration SAME_START = Duration.ofSeconds(2);

  private final Path file;

  PidFile(Path file) {
    this.file = file;
  }

  void write(long pid) {
    var started = ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
    try {
      Files.writeString(file, pid + " " + started.orElse(Instant.EPOCH));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** The very process that was written, if it is still alive. */
  Optional<ProcessHandle> read() {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      var text = Files.readString(file);
      var space = text.indexOf(' ');
      if (space < 0) {
        return Optional.empty();
      }
      var started = Instant.parse(text.substring(space + 1));
      return ProcessHandle.of(Long.parseLong(text.substring(0, space)))
          .filter(process -> isSame(process, started));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static boolean isSame(ProcessHandle process, Instant started) {
    return process
        .info()
        .startInstant()
        .map(start -> Duration.between(start, started).abs().compareTo(SAME_START) < 0)
        .orElse(false);
  }
}
