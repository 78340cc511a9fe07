package dev.banking.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/** The backends as containers: the images of docker-compose.yml, the settings of the programs. */
final class Containers {

  private static final String POSTGRES_IMAGE = "postgres:18-alpine";
  private static final String REDIS_IMAGE = "redis:8-alpine";
  private static final String RABBITMQ_IMAGE = "rabbitmq:4.2-management-alpine";
  private static final String DEFINITIONS = "/etc/rabbitmq/definitions.json";
  private static final int POSTGRES_PORT = 5432;
  private static final int REDIS_PORT = 6379;
  private static final int RABBITMQ_PORT = 5672;
  private static final Duration POSTGRES_GRACE = Duration.ofSeconds(20);
  private static final Duration REDIS_GRACE = Duration.ofSeconds(5);
  private static final Duration RABBITMQ_GRACE = Duration.ofSeconds(30);

  /** As in docker-compose.yml: less is not enough for parallel queries. */
  private static final long POSTGRES_SHARED_MEMORY = 128L << 20;

  private Containers() {}

  /** Whether a Docker engine answers. Asks once; may take seconds. */
  static boolean available() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /**
   * Makes no container yet.
   *
   * @param folder for the passwords; the data is in the containers
   * @param ports of this machine; the management pages are left out
   */
  static Backends backends(Path folder, BackendPorts ports) {
    try {
      var password = Postgres.superuserPassword(folder);
      var database = postgres(password, ports.postgres());
      var passwords = new Passwords(folder);
      var broker = rabbitMq(ports.rabbitMq(), passwords);
      return new Backends(
          new Postgres(folder, ports.postgres(), database),
          new Redis(ports.redis(), redis(ports.redis())),
          new RabbitMq(
              ports.rabbitMq(), broker, passwords, arguments -> control(broker, arguments)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use " + folder, e);
    }
  }

  private static Container postgres(String password, int port) {
    var command = Stream.concat(Stream.of("postgres"), Postgres.settings().stream());
    var initdb = Stream.concat(Stream.of("--auth-host=scram-sha-256"), Postgres.LOCALE.stream());
    var container =
        new GenericContainer<>(POSTGRES_IMAGE)
            .withEnv("POSTGRES_USER", Superuser.NAME)
            .withEnv("POSTGRES_PASSWORD", password)
            .withEnv("POSTGRES_INITDB_ARGS", String.join(" ", initdb.toList()))
            .withSharedMemorySize(POSTGRES_SHARED_MEMORY)
            .withCommand(command.toArray(String[]::new));
    return new Container(Postgres.NAME, container, port, POSTGRES_PORT, POSTGRES_GRACE);
  }

  private static Container redis(int port) {
    var command = Stream.concat(Stream.of("redis-server"), Redis.SETTINGS.stream());
    var container = new GenericContainer<>(REDIS_IMAGE).withCommand(command.toArray(String[]::new));
    return new Container(Redis.NAME, container, port, REDIS_PORT, REDIS_GRACE);
  }

  private static Container rabbitMq(int port, Passwords passwords) {
    var definitions = Transferable.of(RabbitMq.definitions(passwords));
    var setting = Transferable.of("load_definitions = " + DEFINITIONS + "\n");
    var container =
        new GenericContainer<>(RABBITMQ_IMAGE)
            .withCopyToContainer(definitions, DEFINITIONS)
            .withCopyToContainer(setting, "/etc/rabbitmq/conf.d/20-definitions.conf");
    return new Container(RabbitMq.NAME, container, port, RABBITMQ_PORT, RABBITMQ_GRACE);
  }

  private static String control(Container broker, List<String> arguments) {
    var command = new ArrayList<>(List.of("rabbitmqctl"));
    command.addAll(arguments);
    return broker.run("rabbitmq", command);
  }
}
