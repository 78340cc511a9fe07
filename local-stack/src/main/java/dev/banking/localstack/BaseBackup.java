package dev.banking.localstack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * The files of a running server, copied as {@code pg_basebackup} would, which the binaries of Maven
 * Central lack. The copy follows the server as soon as it is started.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP">Making
 *     a base backup using the low level API</a>
 */
final class BaseBackup {

  /** What the server calls the one who follows; also the name of its replication slot. */
  static final String FOLLOWER = "standby";

  /** Theirs alone: the follower makes its own. */
  private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts");

  private static final Set<String> LEFT_EMPTY = Set.of("pg_wal", "pg_replslot");

  private final Path data;
  private final Superuser superuser;

  /**
   * Copies nothing yet.
   *
   * @param data folder of the server
   * @param superuser of it
   */
  BaseBackup(Path data, Superuser superuser) {
    this.data = data;
    this.superuser = superuser;
  }

  /**
   * Copies.
   *
   * @param target is made
   * @throws IOException when it fails; what is there by then is no backup
   */
  void copyTo(Path target) throws IOException {
    try (var connection = superuser.connect(Superuser.NAME)) {
      // From now on the server keeps what the copy has not got.
      ask(connection, "SELECT pg_create_physical_replication_slot('" + FOLLOWER + "', true)");
      ask(connection, "SELECT pg_backup_start('" + FOLLOWER + "', true)");
      Files.walkFileTree(data, new Copy(data, target));
      var label = ask(connection, "SELECT labelfile FROM pg_backup_stop(false)");
      Files.writeString(target.resolve("backup_label"), label);
      Files.createFile(target.resolve("standby.signal"));
      Files.writeString(
          target.resolve("postgresql.auto.conf"),
          """
          primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s application_name=%s'
          primary_slot_name = '%s'
          """
              .formatted(
                  superuser.port(), Superuser.NAME, superuser.password(), FOLLOWER, FOLLOWER),
          StandardOpenOption.APPEND);
    } catch (SQLException e) {
      throw new IOException("The server gives no backup: " + e.getMessage(), e);
    }
  }

  /** The first value of the answer, or an empty text. */
  private static String ask(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  /** The server goes on meanwhile: what vanishes or changes, the log will put right. */
  private static final class Copy extends SimpleFileVisitor<Path> {

    private final Path from;
    private final Path to;

    Copy(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      var name = from.relativize(folder);
      if (name.getNameCount() > 1 && LEFT_EMPTY.contains(name.getName(0).toString())) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Files.createDirectory(
          to.resolve(name),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      var name = from.relativize(file);
      var isLeftOut =
          LEFT_OUT.contains(name.toString()) || LEFT_EMPTY.contains(name.getName(0).toString());
      if (!isLeftOut) {
        try {
          Files.copy(file, to.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException _) {
          // Gone since the folder was read.
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }
}
