package dev.banking.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.banking.common.BalanceUpdated;
import dev.banking.common.BankingEvent;
import dev.banking.common.EventCodec;
import dev.banking.common.Money;
import dev.banking.common.Topology;
import dev.banking.localstack.Backends;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageBuilderSupport;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Starts real workers on real backends, and stands on both sides of them: publishes as the API
 * does, and looks into the table and the queues with connections of its own.
 */
public final class TestWorker implements AutoCloseable {

  private static final AtomicLong USERS = new AtomicLong(1);
  private static final EventCodec CODEC = new EventCodec();

  public final Backends backends = Backends.shared();
  public final JdbcClient jdbc;
  public final RabbitTemplate rabbit;
  public final RabbitAdmin admin;
  private final CachingConnectionFactory connections;
  private @Nullable ConfigurableApplicationContext context;

  /** Empty queues, no worker yet. */
  public TestWorker() {
    var environment = backends.environment();
    connections = new CachingConnectionFactory(java.net.URI.create(value("RABBITMQ_URL")));
    rabbit = new RabbitTemplate(connections);
    admin = new RabbitAdmin(connections);
    jdbc =
        JdbcClient.create(
            new DriverManagerDataSource(
                "jdbc:postgresql://%s:%s/%s"
                    .formatted(
                        environment.get("DB_HOST"),
                        environment.get("DB_PORT"),
                        environment.get("DB_NAME")),
                value("DB_USER"),
                value("DB_PASSWORD")));
    backends.postgres().start();
    backends.rabbitMq().start();
    Topology.declarables()
        .getDeclarablesByType(org.springframework.amqp.core.Exchange.class)
        .forEach(admin::declareExchange);
    Topology.declarables()
        .getDeclarablesByType(org.springframework.amqp.core.Queue.class)
        .forEach(admin::declareQueue);
    Topology.declarables()
        .getDeclarablesByType(org.springframework.amqp.core.Binding.class)
        .forEach(admin::declareBinding);
    admin.purgeQueue(Topology.NOTIFICATIONS);
    admin.purgeQueue(Topology.NOTIFICATIONS_PARKED);
  }

  private String value(String name) {
    return Objects.requireNonNull(backends.environment().get(name));
  }

  /** Starts the worker with some settings of its own. */
  public ConfigurableApplicationContext start(Map<String, String> settings) {
    var all = new HashMap<String, Object>(backends.environment());
    all.putAll(Map.of("PORT", "0", "MANAGEMENT_SERVER_PORT", "0"));
    all.putAll(settings);
    context =
        new SpringApplicationBuilder(NotificationWorker.class)
            .registerShutdownHook(false)
            .run(
                all.entrySet().stream()
                    .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                    .toArray(String[]::new));
    return context;
  }

  public void stop() {
    if (context != null) {
      context.close();
      context = null;
    }
  }

  @Override
  public void close() {
    stop();
    connections.destroy();
    backends.postgres().start();
    backends.rabbitMq().start();
  }

  /** A user whom no other test knows. */
  public static long newUser() {
    return Instant.now().toEpochMilli() * 1000 + USERS.getAndIncrement();
  }

  public static BalanceUpdated event(long userId, long sequence) {
    return new BalanceUpdated(
        UUID.randomUUID(),
        Instant.now().truncatedTo(ChronoUnit.MICROS),
        userId,
        sequence,
        UUID.randomUUID(),
        Money.parse("-2"),
        Money.parse("100"),
        Money.parse("98"),
        "anonymous",
        "request-" + sequence);
  }

  public static String json(BankingEvent event) {
    return new String(CODEC.write(event), UTF_8);
  }

  /** Publishes as the API does: persistent, to the exchange, the type as the routing key. */
  public void publish(BankingEvent event) {
    rabbit.send(Topology.EXCHANGE, event.type(), message(CODEC.write(event)).build());
  }

  public static MessageBuilderSupport<Message> message(byte[] body) {
    return MessageBuilder.withBody(body)
        .setContentType(EventCodec.CONTENT_TYPE)
        .setDeliveryMode(MessageDeliveryMode.PERSISTENT);
  }

  /** Puts a message straight into the worker's queue. */
  public void enqueue(Message message) {
    rabbit.send("", Topology.NOTIFICATIONS, message);
  }

  public void enqueue(String body) {
    enqueue(message(body.getBytes(UTF_8)).build());
  }

  /** The next parked message, which must be there. */
  public Message takeParked() {
    return Objects.requireNonNull(rabbit.receive(Topology.NOTIFICATIONS_PARKED));
  }

  public long queued(String queue) {
    var information = admin.getQueueInfo(queue);
    return information == null ? -1 : information.getMessageCount();
  }

  public int rows(long userId) {
    return jdbc.sql("SELECT count(*) FROM notification.notification WHERE user_id = ?")
        .param(userId)
        .query(Integer.class)
        .single();
  }

  public int rows(long userId, String status) {
    return jdbc.sql(
            "SELECT count(*) FROM notification.notification WHERE user_id = ? AND status = ?")
        .params(List.of(userId, status))
        .query(Integer.class)
        .single();
  }

  public Map<String, @Nullable Object> row(long userId) {
    return jdbc.sql("SELECT * FROM notification.notification WHERE user_id = ?")
        .param(userId)
        .query()
        .singleRow();
  }

  /** A counter of the running worker; 0 while it is not there. */
  public double counted(String name) {
    var meters = context == null ? null : context.getBean(MeterRegistry.class);
    var found = meters == null ? null : meters.find(name).counter();
    return found == null ? 0 : found.count();
  }

  public static ConditionFactory eventually() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions();
  }
}
