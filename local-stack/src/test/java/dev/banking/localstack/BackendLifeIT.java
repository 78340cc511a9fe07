package dev.banking.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A set of its own: what happens here is not for others' tests to see. */
class BackendLifeIT {

  @TempDir private static Path folder;

  private static Backends backends;

  @BeforeAll
  static void start() {
    backends = SharedBackends.create(folder);
    backends.start();
  }

  /** Also with a backend killed in between: closing is for whatever is left. */
  @AfterAll
  static void leavesNoProcessAndNoPort() {
    backends.redis().kill();
    backends.close();
    assertThat(Leftovers.of(folder)).isEmpty();
    assertThat(all()).allMatch(backend -> Ports.isFree(backend.port()));
    assertThatExceptionOfType(BackendException.class).isThrownBy(backends.redis()::start);
    backends.discard();
  }

  static Stream<Backend> all() {
    return Stream.of(backends.postgres(), backends.redis(), backends.rabbitMq());
  }

  static Stream<Map.Entry<String, Consumer<Backend>>> ends() {
    return Stream.of(Map.entry("stop", Backend::stop), Map.entry("kill", Backend::kill));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void committedRowsAndConfirmedMessagesSurvive(Map.Entry<String, Consumer<Backend>> end)
      throws Exception {
    sql(
        "CREATE TABLE IF NOT EXISTS kept (how text)",
        "INSERT INTO kept VALUES ('" + end.getKey() + "')");
    publish(end.getKey());
    var ports = all().map(Backend::port).toList();

    for (var backend : all().toList()) {
      var processes = ProcessHandle.of(backend.pid()).map(BackendLifeIT::family).orElse(List.of());
      assertThat(processes.isEmpty()).isNotEqualTo(SharedBackends.areNative());
      end.getValue().accept(backend);
      end.getValue().accept(backend);
      assertThat(backend.isRunning()).isFalse();
      assertThat(backend.pid()).isEqualTo(-1);
      assertThat(processes).noneMatch(LocalProcess::isAlive);
      assertThat(Ports.isFree(backend.port())).isTrue();
    }
    backends.start();

    assertThat(all().map(Backend::port)).isEqualTo(ports);
    assertThat(count("SELECT count(*) FROM kept WHERE how = '" + end.getKey() + "'")).isOne();
    assertThat(consume()).isEqualTo(end.getKey());
  }

  private static List<ProcessHandle> family(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants()).toList();
  }

  private static void sql(String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection(backends.postgres().superuserJdbcUrl());
        var statement = connection.createStatement()) {
      for (var text : statements) {
        statement.execute(text);
      }
    }
  }

  private static int count(String query) throws SQLException {
    try (var connection = DriverManager.getConnection(backends.postgres().superuserJdbcUrl());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void publish(String text) throws Exception {
    withChannel(channel -> {
      channel.confirmSelect();
      var body = text.getBytes(StandardCharsets.UTF_8);
      channel.basicPublish("", "kept", MessageProperties.PERSISTENT_TEXT_PLAIN, body);
      channel.waitForConfirmsOrDie(5_000);
      return "";
    });
  }

  private static String consume() throws Exception {
    return withChannel(channel -> {
      var message = channel.basicGet("kept", true);
      return message == null ? "" : new String(message.getBody(), StandardCharsets.UTF_8);
    });
  }

  private static String withChannel(Work work) throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(backends.rabbitMq().url());
    try (var connection = factory.newConnection();
        var channel = connection.createChannel()) {
      channel.queueDeclare("kept", true, false, false, Map.of("x-queue-type", "quorum"));
      return work.with(channel);
    }
  }

  @FunctionalInterface
  private interface Work {
    String with(Channel channel) throws Exception;
  }
}
