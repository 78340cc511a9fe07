package dev.banking.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one set of this JVM. */
final class SharedBackends {

  private static final Logger LOG = LoggerFactory.getLogger(SharedBackends.class);
  private static final Duration OTHER_HOOKS = Duration.ofSeconds(20);

  private static @Nullable BackendKind kind;
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

  /** Whether the backends are programs of this machine. */
  static boolean areNative() {
    return kind() == BackendKind.NATIVE;
  }

  /** Another set, of the same kind: makes no process yet. */
  static Backends create(Path folder) {
    var ports = BackendPorts.free();
    return switch (kind()) {
      case NATIVE -> new Backends(folder, ports, (name, line) -> LOG.debug("{}: {}", name, line));
      case CONTAINERS -> Containers.backends(folder, ports);
    };
  }

  private static synchronized BackendKind kind() {
    if (kind == null) {
      var chosen = Objects.requireNonNullElse(System.getenv(BackendKind.VARIABLE), "");
      kind = BackendKind.of(chosen, () -> Backends.prepare(LOG::warn), Containers::available);
      LOG.info("Backends for tests are {}", kind);
    }
    return kind;
  }

  private static Backends start() {
    var _ = kind();
    try {
      var folder = Files.createTempDirectory("banking-backends-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      var started = create(folder);
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
    backends.discard();
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
