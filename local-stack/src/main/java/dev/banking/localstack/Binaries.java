package dev.banking.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The server programs that come from Maven Central, unpacked once for each user of the machine. The
 * folder is named by the archive's content, so it is never half written and never the wrong one.
 */
final class Binaries {

  private Binaries() {}

  /** The folder with PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
  static Path postgres() {
    var archive = "/postgres-linux-" + machine("x86_64", "arm_64") + ".txz";
    return unpacked("postgres", archive, Binaries::untar);
  }

  /** The Redis server program. */
  static Path redis() {
    var archive = "/redis-server-7.0.15-linux-" + machine("amd64", "arm64");
    return unpacked("redis", archive, Binaries::copyProgram).resolve("redis-server");
  }

  /**
   * Finds out before anything is unpacked.
   *
   * @throws BackendException when there are no binaries for this system
   */
  static void requireKnownMachine() {
    var _ = machine("", "");
  }

  private static String machine(String intel, String arm) {
    var system = System.getProperty("os.name", "");
    var architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (system.equals("Linux") && architecture.equals("amd64")) {
      return intel;
    }
    if (system.equals("Linux") && architecture.equals("aarch64")) {
      return arm;
    }
    throw new BackendException(
        "Backends without Docker exist for Linux on x86-64 and ARM64, this is "
            + (system + " on " + architecture)
            + ". Use Docker: make run-docker.");
  }

  /** A file lock holds other JVMs off, the monitor other threads of this one. */
  private static synchronized Path unpacked(String name, String archive, Unpack unpack) {
    try {
      var cache = cacheFolder();
      var folder = cache.resolve(name + "-" + digest(archive));
      try (var channel = lock(cache);
          var _ = channel.lock()) {
        if (!Files.isDirectory(folder)) {
          var half = Files.createTempDirectory(cache, name + "-half");
          Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
          try (var in = resource(archive)) {
            unpack.into(half, in);
          }
          Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack " + name, e);
    }
  }

  private static FileChannel lock(Path cache) throws IOException {
    return FileChannel.open(
        cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Root's home is often closed to the user that a root-started PostgreSQL must run as. */
  private static Path cacheFolder() throws IOException {
    var caches =
        User.isRoot() ? Path.of("/var/cache") : Path.of(System.getProperty("user.home"), ".cache");
    return Files.createDirectories(caches.resolve("banking-local-stack"));
  }

  private static String digest(String archive) throws IOException {
    try (var in = resource(archive)) {
      var sha = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      return HexFormat.of().formatHex(sha, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream resource(String name) {
    var in = Binaries.class.getResourceAsStream(name);
    if (in == null) {
      throw new BackendException("The class path lacks " + name);
    }
    return in;
  }

  private static void copyProgram(Path folder, InputStream in) throws IOException {
    var program = folder.resolve("redis-server");
    Files.copy(in, program);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void untar(Path folder, InputStream in) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(in))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("Entry outside of the archive: " + entry.getName());
        }
        Files.createDirectories(entry.isDirectory() ? target : target.resolve(".."));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (!entry.isDirectory()) {
          Files.copy(tar, target);
          var mode = (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--";
          Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
        }
      }
    }
  }

  @FunctionalInterface
  private interface Unpack {
    void into(Path folder, InputStream archive) throws IOException;
  }
}
