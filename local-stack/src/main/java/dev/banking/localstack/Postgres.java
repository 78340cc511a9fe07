package dev.banking.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * PostgreSQL 18 with a database {@code banking}, owned by a role {@code banking} that is no
 * superuser. Durable: {@code fsync}, {@code synchronous_commit} and {@code full_page_writes} are
 * on.
 */
public final class Postgres extends Server {

  public static final String DATABASE = "banking";
  public static final String ROLE = "banking";

  private static final String SUPERUSER = "postgres";
  private static final String MAJOR_VERSION = "18";
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration INIT_LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final Path data;
  private final String superuserPassword;
  private final String password;

  /**
   * Makes no process yet.
   *
   * @param folder for the data and the passwords; made by the caller
   */
  Postgres(Path folder, int port, LogSink log) throws IOException {
    super("postgres", folder, port, log);
    this.folder = folder;
    this.data = folder.resolve("data");
    this.superuserPassword = Secrets.kept(folder.resolve("superuser-password"));
    this.password = Secrets.kept(folder.resolve("password"));
  }

  /** Of the role {@link #ROLE}. */
  public String password() {
    return password;
  }

  /** For a look behind the curtain in tests; has user and password in it. */
  public String superuserJdbcUrl() {
    return url(DATABASE) + "?user=" + SUPERUSER + "&password=" + superuserPassword;
  }

  @Override
  Command command() {
    var binaries = Binaries.postgres().resolve("bin");
    var postgres = binaries.resolve("postgres");
    var arguments = new ArrayList<>(User.notRoot(postgres, folder));
    initialise(binaries, List.copyOf(arguments));
    forgetDeadPostmaster();
    arguments.add(postgres.toString());
    arguments.addAll(List.of("-D", data.toString()));
    settings().forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    return new Command(name(), arguments, Map.of(), folder, "INT", GRACE);
  }

  private Map<String, Object> settings() {
    return Map.ofEntries(
        Map.entry("listen_addresses", "127.0.0.1"),
        Map.entry("port", port()),
        Map.entry("unix_socket_directories", ""),
        Map.entry("fsync", "on"),
        Map.entry("synchronous_commit", "on"),
        Map.entry("full_page_writes", "on"),
        Map.entry("shared_buffers", "256MB"),
        Map.entry("max_wal_size", "2GB"),
        Map.entry("max_connections", 200),
        Map.entry("jit", "off"),
        Map.entry("timezone", "UTC"),
        Map.entry("log_timezone", "UTC"),
        Map.entry("log_checkpoints", "off"),
        Map.entry("log_line_prefix", "%m [%p] %q%a "));
  }

  @Override
  boolean answers() {
    try (var _ = connect(url(SUPERUSER))) {
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  @Override
  void started() {
    try (var connection = connect(url(SUPERUSER));
        var statement = connection.createStatement()) {
      if (lacks(connection, "SELECT 1 FROM pg_roles WHERE rolname = '" + ROLE + "'")) {
        statement.execute("CREATE ROLE " + ROLE + " LOGIN");
      }
      statement.execute("ALTER ROLE " + ROLE + " PASSWORD '" + password + "'");
      if (lacks(connection, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + ROLE);
      }
    } catch (SQLException e) {
      throw new BackendException("Cannot prepare the database: " + e.getMessage(), e);
    }
  }

  private void initialise(Path binaries, List<String> prefix) {
    try {
      if (Files.exists(data)) {
        requireOurVersion();
        return;
      }
      var half = folder.resolve("data-half");
      Folders.delete(half);
      var arguments = new ArrayList<>(prefix);
      arguments.add(binaries.resolve("initdb").toString());
      arguments.addAll(List.of("-D", half.toString(), "-U", SUPERUSER, "-E", "UTF8"));
      arguments.addAll(List.of("-A", "scram-sha-256"));
      arguments.add("--pwfile=" + folder.resolve("superuser-password"));
      arguments.addAll(List.of("--no-locale", "--locale-provider=builtin"));
      arguments.add("--builtin-locale=C.UTF-8");
      run(new Command("initdb", arguments, Map.of(), folder, "TERM", GRACE));
      Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare " + data, e);
    }
  }

  private void requireOurVersion() throws IOException {
    var version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(MAJOR_VERSION)) {
      throw new BackendException(
          "%s holds data of PostgreSQL %s, this is %s. Move it away or delete it: make clean."
              .formatted(data, version, MAJOR_VERSION));
    }
  }

  private void run(Command command) {
    var process = LocalProcess.start(command, log());
    if (!Waiting.until(INIT_LIMIT, () -> !process.isRunning())) {
      process.kill();
    }
    if (process.onExit().join() != 0) {
      throw new BackendException(command.name() + " failed:\n" + process.lastLines());
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
      var owner = lines.findFirst().flatMap(Postgres::process);
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

  private Connection connect(String url) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("password", superuserPassword);
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "20");
    return DriverManager.getConnection(url, properties);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  private static boolean lacks(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return !rows.next();
    }
  }
}
