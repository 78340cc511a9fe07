package dev.banking.audit.retention;

import dev.banking.audit.seal.Tree;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.sql.SQLException;
import java.time.YearMonth;

/** The folder with a file for each month that was dropped. */
final class Archive {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path folder;

  Archive(Path folder) {
    this.folder = folder;
  }

  /** Writes the lines. */
  @FunctionalInterface
  interface Content {
    void to(OutputStream out) throws IOException, SQLException;
  }

  Path file(YearMonth month) {
    return folder.resolve("audit-" + month + ".ndjson");
  }

  /**
   * Writes a month's file, as a whole or not at all; it is on the disk when this returns.
   *
   * @return its SHA-256
   */
  byte[] write(YearMonth month, Content content) throws IOException, SQLException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var file = file(month);
    var half = file.resolveSibling(file.getFileName() + ".half");
    var digest = Tree.sha256();
    try {
      try (var to = Files.newOutputStream(half);
          var out = new DigestOutputStream(new BufferedOutputStream(to, BUFFER_BYTES), digest)) {
        content.to(out);
      }
      onDisk(half);
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      onDisk(folder);
      return digest.digest();
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private static void onDisk(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
