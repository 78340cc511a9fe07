package dev.banking.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one set of this JVM. */
final class SharedBackends {

  private static final Logger LOG = LoggerFactory.getLogger(SharedBackends.class);
  private static final Duration OTHER_HOOKS = Duration.ofSeconds(20);

  private static @Nullable Backends backends;
  private static @Nullable String failure;

  private SharedBackends() {}

  static synchronized Backends get() {
    if (failure != null) {
      throw new BackendException("The backends could not be started before: " + failure);
    }
    if (backends == null) {
      try {
        backends = start();
      } catch (BackendException e) {
        failure = e.getMessage();
        throw e;
      }
    }
    return backends;
  }

  private static Backends start() {
    Backends.prepare(LOG::warn);
    try {
      var folder = Files.createTempDirectory("banking-backends-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      var started =
          new Backends(
              folder, BackendPorts.free(), (name, line) -> LOG.debug("{}: {}", name, line));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, folder), "backends-end"));
      started.start();
      LOG.info("Backends for tests: {}", started.environment());
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary folder for backends", e);
    }
  }

  /**
   * Hooks run side by side. Application contexts close in one of them, and would wait in vain for
   * backends that are gone already.
   */
  private static void end(Backends backends, Path folder) {
    Waiting.until(OTHER_HOOKS, () -> !springIsClosing());
    backends.kill();
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      LOG.warn("Left behind: {}", folder, e);
    }
  }

  private static boolean springIsClosing() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .anyMatch(name -> name.startsWith("Spring") && name.endsWith("ShutdownHook"));
  }
}
