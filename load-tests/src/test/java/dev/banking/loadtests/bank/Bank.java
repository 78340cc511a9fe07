package dev.banking.loadtests.bank;

import static java.util.Objects.requireNonNull;

import dev.banking.localstack.BackendPorts;
import dev.banking.localstack.Backends;
import dev.banking.localstack.LogSink;
import dev.banking.localstack.Ports;
import dev.banking.localstack.Standby;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The system under test: backends, two instances of the API (one started), two workers. */
public final class Bank implements AutoCloseable {

  /** Short, so that the bound on stale reads is tight. */
  public static final Duration CACHE_TTL = Duration.ofSeconds(5);

  // As make run gives them.
  private static final List<String> API_OPTIONS = List.of("-Xmx320m", "-XX:+UseSerialGC");
  private static final List<String> WORKER_OPTIONS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Path folder;
  private final PrintWriter log;
  private final Backends backends;
  private final PostgresProxy proxy;
  private final @Nullable Standby standby;
  private volatile String database;
  private final String brokerUrl;
  private final App api;
  private final App secondApi;
  private final App notification;
  private final App audit;

  private Bank(Path project, Path logFile, Map<String, String> settings, boolean isFollowed)
      throws IOException {
    folder = Files.createTempDirectory("banking-faults-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    log = new PrintWriter(Files.newBufferedWriter(logFile), true);
    LogSink sink = (name, line) -> log.println(name + ": " + line);
    Backends.prepare(System.out::println);
    backends = new Backends(folder, BackendPorts.free(), sink);
    proxy = new PostgresProxy(backends.postgres().port());
    standby = isFollowed ? backends.standby(Ports.free(), sink) : null;
    database = backends.postgres().superuserJdbcUrl();
    var jars = project.toAbsolutePath().normalize();
    var direct = environment(settings);
    brokerUrl = direct.getOrDefault("RABBITMQ_URL", "");
    var proxied = new HashMap<>(direct);
    if (standby == null) {
      proxied.put("DB_PORT", Integer.toString(proxy.port()));
    }
    var apiJar = jar(jars, "api-service");
    api = new App("api-1", apiJar, API_OPTIONS, proxied, sink);
    secondApi = new App("api-2", apiJar, API_OPTIONS, direct, sink);
    notification =
        new App("notification", jar(jars, "notification-worker"), WORKER_OPTIONS, direct, sink);
    audit = new App("audit", jar(jars, "audit-worker"), WORKER_OPTIONS, direct, sink);
  }

  /**
   * Starts everything but the second API and waits until it is ready.
   *
   * @param logFile gets what all processes print
   */
  public static Bank start(Path project, Path logFile) throws IOException {
    return start(project, logFile, Map.of());
  }

  /** The same with settings in the environment of each application. */
  public static Bank start(Path project, Path logFile, Map<String, String> settings)
      throws IOException {
    return start(new Bank(project, logFile, settings, false));
  }

  /**
   * The same with a standby: all applications go on to it when it has become the primary, and until
   * then the API reads from it. The proxy is between nobody.
   */
  public static Bank startFollowed(Path project, Path logFile, Map<String, String> settings)
      throws IOException {
    return start(new Bank(project, logFile, settings, true));
  }

  private static Bank start(Bank bank) throws IOException {
    try {
      bank.backends.start();
      if (bank.standby != null) {
        bank.standby.start();
      }
      var apps = List.of(bank.api, bank.notification, bank.audit);
      apps.forEach(App::launch);
      apps.forEach(App::awaitReady);
      return bank;
    } catch (RuntimeException e) {
      bank.close();
      throw e;
    }
  }

  private Map<String, String> environment(Map<String, String> settings) {
    var environment = new HashMap<>(backends.environment());
    environment.put("REDIS_TTL", Long.toString(CACHE_TTL.toSeconds()));
    environment.put("AUTH_MODE", "none");
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
    if (standby != null) {
      var port = Integer.toString(standby.port());
      environment.put("DB_HOST", "127.0.0.1:" + backends.postgres().port() + ",127.0.0.1");
      environment.put("DB_PORT", port);
      environment.put("DB_REPLICA_HOST", "127.0.0.1");
      environment.put("DB_REPLICA_PORT", port);
    }
    environment.putAll(settings);
    return environment;
  }

  private static Path jar(Path project, String module) {
    var jar = project.resolve(module).resolve("target").resolve(module + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing: run make build first");
    }
    return jar;
  }

  public Backends backends() {
    return backends;
  }

  /** Where the applications' broker is: the backends', unless a setting names another. */
  public String brokerUrl() {
    return brokerUrl;
  }

  /** Between the first API and PostgreSQL. */
  public PostgresProxy proxy() {
    return proxy;
  }

  public App api() {
    return api;
  }

  /** Not running until a test starts it; the test stops it again. */
  public App secondApi() {
    return secondApi;
  }

  public List<App> runningApis() {
    return List.of(api, secondApi).stream().filter(App::isRunning).toList();
  }

  public App notification() {
    return notification;
  }

  public App audit() {
    return audit;
  }

  /** The one that follows, of a bank that has one. */
  public Standby standby() {
    return requireNonNull(standby);
  }

  /** Makes the standby the primary. */
  public void failOver() {
    standby().promote();
    database = standby().superuserJdbcUrl();
  }

  /** A connection of the primary's superuser, past every proxy, for the caller to close. */
  public Connection superuser() throws SQLException {
    return DriverManager.getConnection(database + "&connectTimeout=5&socketTimeout=60");
  }

  /** Sends one inline command to Redis. */
  public void redis(String command) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), backends.redis().port())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      if (socket.getInputStream().read() != '+') {
        throw new IOException("Redis does not like " + command);
      }
    }
  }

  /** Ends all processes and deletes their data. */
  @Override
  public void close() throws IOException {
    for (var app : List.of(api, secondApi, notification, audit)) {
      app.stop();
    }
    proxy.close();
    if (standby != null) {
      standby.kill();
    }
    backends.close();
    log.close();
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
