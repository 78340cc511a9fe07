package dev.banking.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL 18 from Maven Central. */
final class PostgresProgram extends Program {

  private static final String MAJOR_VERSION = "18";
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Path data;
  private final FirstData firstData;

  /** Makes the folder with the data before the first start. */
  @FunctionalInterface
  private interface FirstData {
    void make(Path folder, Path binaries, List<String> prefix) throws IOException;
  }

  /**
   * A new database. Makes no process yet.
   *
   * @param folder for the data; has the superuser's password in it
   */
  PostgresProgram(Path folder, int port, LogSink log) {
    super(Postgres.NAME, folder, port, log);
    this.data = data(folder);
    this.firstData = this::initialise;
  }

  /** One that begins as the copy of another. */
  PostgresProgram(Path folder, int port, BaseBackup backup, LogSink log) {
    super(Standby.NAME, folder, port, log);
    this.data = data(folder);
    this.firstData =
        (half, binaries, _) -> {
          backup.copyTo(half);
          // It was copied by us, and must belong to whoever runs it.
          var _ = User.notRoot(binaries.resolve("postgres"), folder);
        };
  }

  /** Where a server with this folder keeps its data. */
  static Path data(Path folder) {
    return folder.resolve("data");
  }

  @Override
  Command command() {
    var binaries = Binaries.postgres().resolve("bin");
    var postgres = binaries.resolve("postgres");
    var arguments = new ArrayList<>(User.notRoot(postgres, folder()));
    makeData(binaries, List.copyOf(arguments));
    forgetDeadPostmaster();
    arguments.add(postgres.toString());
    arguments.addAll(List.of("-D", data.toString(), "-c", "listen_addresses=127.0.0.1"));
    arguments.addAll(List.of("-c", "port=" + port(), "-c", "unix_socket_directories="));
    arguments.addAll(Postgres.settings());
    return new Command(name(), arguments, Map.of(), folder(), "INT", GRACE);
  }

  private void makeData(Path binaries, List<String> prefix) {
    try {
      if (Files.exists(data)) {
        requireOurVersion();
        return;
      }
      var half = folder().resolve("data-half");
      Folders.delete(half);
      firstData.make(half, binaries, prefix);
      Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare " + data, e);
    }
  }

  private void initialise(Path half, Path binaries, List<String> prefix) {
    var arguments = new ArrayList<>(prefix);
    arguments.add(binaries.resolve("initdb").toString());
    arguments.addAll(List.of("-D", half.toString(), "-U", Superuser.NAME));
    arguments.addAll(List.of("-A", "scram-sha-256"));
    arguments.add("--pwfile=" + folder().resolve(Postgres.SUPERUSER_PASSWORD_FILE));
    arguments.addAll(Postgres.LOCALE);
    run(new Command("initdb", arguments, Map.of(), folder(), "TERM", GRACE));
  }

  private void requireOurVersion() throws IOException {
    var version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(MAJOR_VERSION)) {
      throw new BackendException(
          "%s holds data of PostgreSQL %s, this is %s. Move it away or delete it: make clean."
              .formatted(data, version, MAJOR_VERSION));
    }
  }

  /**
   * After a crash the lock file names a process that is gone. If its number belongs to somebody
   * else by now, PostgreSQL would believe that it still runs.
   */
  private void forgetDeadPostmaster() {
    var lock = data.resolve("postmaster.pid");
    if (!Files.exists(lock)) {
      return;
    }
    try (var lines = Files.lines(lock)) {
      var owner = lines.findFirst().flatMap(PostgresProgram::process);
      var program = owner.flatMap(process -> process.info().command()).orElse("");
      if (owner.isPresent() && !program.endsWith("/postgres")) {
        Files.delete(lock);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + lock, e);
    }
  }

  private static Optional<ProcessHandle> process(String pid) {
    return ProcessHandle.of(Long.parseLong(pid.strip()));
  }
}
