package dev.banking.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL, one Redis and one RabbitMQ, with one folder for their data. */
public final class Backends implements AutoCloseable {

  private final Postgres postgres;
  private final Redis redis;
  private final RabbitMq rabbitMq;

  /** Null: they are no programs of this machine. */
  private final @Nullable Path folder;

  /** Of one kind, whatever it is. */
  Backends(Postgres postgres, Redis redis, RabbitMq rabbitMq) {
    this.folder = null;
    this.postgres = postgres;
    this.redis = redis;
    this.rabbitMq = rabbitMq;
  }

  /**
   * Programs of this machine. Makes no process yet.
   *
   * @param folder keeps the data between runs; only one set may use it at a time
   * @param ports where to listen
   * @param log hears what the servers print
   */
  public Backends(Path folder, BackendPorts ports, LogSink log) {
    this.folder = folder;
    try {
      var database = make(folder, Postgres.NAME);
      var port = ports.postgres();
      postgres = new Postgres(database, port, new PostgresProgram(database, port, log));
      var cache = make(folder, Redis.NAME);
      redis = new Redis(ports.redis(), new RedisProgram(cache, ports.redis(), log));
      var messages = make(folder, RabbitMq.NAME);
      var passwords = new Passwords(messages);
      var broker =
          new RabbitMqProgram(
              messages, ports.rabbitMq(), ports.rabbitMqManagement(), passwords, log);
      rabbitMq = new RabbitMq(ports.rabbitMq(), broker, passwords, broker::control);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use " + folder, e);
    }
  }

  /**
   * Started backends for tests: one set for each JVM, started at the first call, ended when the JVM
   * exits. The data is temporary and goes with them. {@code BACKENDS=containers} in the environment
   * makes them containers, {@code BACKENDS=native} programs of this machine. Without it they are
   * programs; containers only where programs cannot be had and Docker answers.
   *
   * @throws BackendException when they cannot be had; at every call again
   */
  public static Backends shared() {
    return SharedBackends.get();
  }

  /**
   * Makes sure that the programs can be had here: installs RabbitMQ when it is missing and may be.
   *
   * @param tell hears, in a line, when something is installed
   * @throws BackendException when they cannot: why, and what to do
   */
  public static void prepare(Consumer<String> tell) {
    Binaries.requireKnownMachine();
    RabbitMqPackage.server(tell);
  }

  /** Starts all that do not run, side by side, and waits until they answer. */
  public void start() {
    start(_ -> {});
  }

  /**
   * As {@link #start()}.
   *
   * @param ready hears of each one that answers, in whatever order they do
   */
  public void start(Consumer<Backend> ready) {
    together(backend -> {
      backend.start();
      ready.accept(backend);
    });
  }

  /** Whether there is anything to stop. */
  public boolean anyRuns() {
    return postgres.isRunning() || redis.isRunning() || rabbitMq.isRunning();
  }

  /** The addresses, under the names that the applications read, for an owner who may do all. */
  public Map<String, String> environment() {
    return Map.of(
        "DB_HOST",
        "127.0.0.1",
        "DB_PORT",
        Integer.toString(postgres.port()),
        "DB_NAME",
        Postgres.DATABASE,
        "DB_USER",
        Postgres.ROLE,
        "DB_PASSWORD",
        postgres.password(),
        "REDIS_HOST",
        "127.0.0.1",
        "REDIS_PORT",
        Integer.toString(redis.port()),
        "RABBITMQ_URL",
        rabbitMq.url());
  }

  /**
   * The same for one application: it migrates its schema as the database's owner, and runs as a
   * role and a user of its own that may do what it needs.
   */
  public Map<String, String> environment(Identity identity) {
    var environment = new HashMap<>(environment());
    environment.put("DB_USER", identity.databaseRole());
    environment.put("DB_PASSWORD", postgres.password(identity));
    environment.put("DB_MIGRATION_USER", Postgres.ROLE);
    environment.put("DB_MIGRATION_PASSWORD", postgres.password());
    environment.put("RABBITMQ_URL", rabbitMq.url(identity));
    return environment;
  }

  public Postgres postgres() {
    return postgres;
  }

  /**
   * A copy of the database that will follow it. Makes no process yet; the caller starts and stops
   * it, and has one at a time.
   *
   * @param port where it will listen
   * @throws BackendException when the database is no program of this machine
   */
  public Standby standby(int port, LogSink log) {
    if (folder == null) {
      throw new BackendException("A standby can be had of programs of this machine only");
    }
    try {
      var primary = folder.resolve(Postgres.NAME).toAbsolutePath();
      var password = Postgres.superuserPassword(primary);
      var backup =
          new BaseBackup(PostgresProgram.data(primary), new Superuser(postgres.port(), password));
      var own = make(folder, Standby.NAME);
      var program = new PostgresProgram(own, port, backup, log);
      return new Standby(port, program, new Superuser(port, password));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use " + folder, e);
    }
  }

  public Redis redis() {
    return redis;
  }

  public RabbitMq rabbitMq() {
    return rabbitMq;
  }

  /** Stops all for good: the broker, the cache, the database. The data stays. */
  @Override
  public void close() {
    rabbitMq.close();
    redis.close();
    postgres.close();
  }

  /** Ends all for good, in the quickest way, with their data. */
  void discard() {
    together(Server::discard);
  }

  private void together(Consumer<Server> deed) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var deeds =
          Stream.of(postgres, redis, rabbitMq)
              .map(backend -> CompletableFuture.runAsync(() -> deed.accept(backend), threads))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(deeds).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof BackendException known
          ? known
          : new BackendException("A backend failed: " + e.getCause(), e.getCause());
    }
  }

  private static Path make(Path folder, String name) throws IOException {
    return Files.createDirectories(folder.resolve(name).toAbsolutePath());
  }
}
