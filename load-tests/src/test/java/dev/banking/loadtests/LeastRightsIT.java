package dev.banking.loadtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.banking.localstack.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each application's role and user may do, asked from the database and the broker of {@code
 * AUTH_MODE=jwt make run}, whose applications run with them.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LeastRightsIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /** The statement, and the letters of the roles that may: A api, N notification, T audit. */
  private static final List<List<String>> STATEMENTS =
      List.of(
          List.of("SELECT count(*) FROM banking.account", "AT"),
          List.of("UPDATE banking.account SET balance = balance WHERE false", "A"),
          List.of("DELETE FROM banking.account WHERE false", ""),
          List.of("TRUNCATE banking.account", ""),
          List.of("SELECT count(*) FROM banking.ledger_entry", "AT"),
          List.of(
              "INSERT INTO banking.ledger_entry SELECT * FROM banking.ledger_entry LIMIT 0", "A"),
          List.of("UPDATE banking.ledger_entry SET amount = 1 WHERE false", ""),
          List.of("DELETE FROM banking.ledger_entry WHERE false", ""),
          List.of("TRUNCATE banking.ledger_entry", ""),
          List.of("UPDATE banking.idempotency_key SET refusal = NULL WHERE false", ""),
          List.of("DELETE FROM banking.idempotency_key WHERE false", "A"),
          List.of("DELETE FROM banking.creation_key WHERE false", ""),
          List.of("DELETE FROM banking.outbox WHERE false", "A"),
          List.of("DELETE FROM banking.outbox_bucket WHERE false", ""),
          List.of("SELECT setval('banking.user_id_seq', 1)", ""),
          List.of("SELECT count(*) FROM notification.notification", "NT"),
          List.of("UPDATE notification.notification SET status = status WHERE false", "N"),
          List.of("DELETE FROM notification.notification WHERE false", ""),
          List.of("SELECT count(*) FROM audit.audit_log", "T"),
          List.of("INSERT INTO audit.audit_log SELECT * FROM audit.audit_log LIMIT 0", "T"),
          List.of("UPDATE audit.audit_log SET actor = 'x' WHERE false", ""),
          List.of("DELETE FROM audit.audit_log WHERE false", ""),
          List.of("TRUNCATE audit.audit_log", ""),
          List.of("SELECT audit.create_month(current_date)", "T"),
          List.of("SELECT audit.attach_month('x', now(), now())", ""),
          List.of("CREATE TABLE audit.mine (id int)", ""),
          List.of(
              "CREATE OR REPLACE FUNCTION audit.retention() RETURNS interval LANGUAGE sql AS"
                  + " $$SELECT interval '0'$$",
              ""),
          List.of("ALTER TABLE audit.audit_log DISABLE TRIGGER ALL", ""),
          List.of("DROP TABLE audit.audit_log", ""),
          List.of("DELETE FROM audit.cut WHERE false", ""),
          List.of("SELECT count(*) FROM audit.legal_hold", "T"),
          List.of("UPDATE audit.legal_hold SET reason = 'x' WHERE false", ""),
          List.of("DELETE FROM audit.legal_hold_release WHERE false", ""),
          List.of("UPDATE audit.chain_head SET hash = hash WHERE false", "T"),
          List.of("DELETE FROM audit.chain_head WHERE false", ""),
          List.of("DELETE FROM audit.operator_action WHERE false", ""),
          List.of("DELETE FROM banking.flyway_schema_history WHERE false", ""),
          List.of("ALTER TABLE banking.ledger_entry DISABLE TRIGGER ALL", ""),
          List.of("DROP TABLE banking.ledger_entry", ""),
          List.of("CREATE TABLE banking.mine (id int)", ""),
          List.of("CREATE TABLE public.mine (id int)", ""),
          List.of("CREATE SCHEMA mine", ""),
          List.of("CREATE TEMP TABLE mine (id int)", ""),
          List.of("CREATE ROLE mine", ""),
          List.of("SET ROLE banking", ""),
          List.of("SET session_replication_role = replica", ""),
          List.of("SELECT pg_read_file('PG_VERSION')", ""),
          List.of("COPY (SELECT 1) TO PROGRAM 'true'", ""));

  private WholeSystem system;
  private Path folder;
  private Map<String, String> addresses;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException, InterruptedException {
    folder = temporary;
    system = WholeSystem.start(PROJECT, folder, Map.of("AUTH_MODE", "jwt"));
    addresses = EnvFile.read(folder.resolve(".local/stack.env"));
  }

  @AfterAll
  void stop() {
    if (system != null) {
      system.close();
    }
  }

  @Test
  void eachRoleMayDoWhatItNeedsAndNothingElse() throws Exception {
    var table = new ArrayList<String>();
    var wrong = new ArrayList<String>();
    table.add("%-78s %-22s %-22s %-22s".formatted("statement", "api", "notification", "audit"));
    for (var statement : STATEMENTS) {
      var line = new StringBuilder("%-78s".formatted(statement.getFirst()));
      for (var identity : Identity.values()) {
        var answer = databaseAnswer(identity, statement.getFirst());
        line.append(" %-22s".formatted(answer));
        if (answer.equals("allowed") != statement.getLast().contains(letter(identity))) {
          wrong.add(identity + " " + statement.getFirst() + ": " + answer);
        }
      }
      table.add(line.toString().stripTrailing());
    }
    System.out.println(String.join("\n", table));
    Files.write(PROJECT.resolve("load-tests/target/database-rights.txt"), table);
    assertThat(wrong).isEmpty();
  }

  private static String letter(Identity identity) {
    return identity == Identity.AUDIT ? "T" : identity.name().substring(0, 1);
  }

  /** Rolled back, whatever it was. */
  private String databaseAnswer(Identity identity, String statement) throws SQLException {
    try (var connection = connect(identity);
        var sql = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        sql.execute(statement);
        return "allowed";
      } catch (SQLException e) {
        return "42501".equals(e.getSQLState()) ? "permission denied" : "error " + e.getSQLState();
      } finally {
        connection.rollback();
      }
    }
  }

  private Connection connect(Identity identity) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + addresses.get("DB_PORT") + "/banking",
        identity.databaseRole(),
        password("postgres", identity));
  }

  private String password(String backend, Identity identity) {
    var file = "password-" + identity.name().toLowerCase(Locale.ROOT);
    try {
      return Files.readString(folder.resolve(".local").resolve(backend).resolve(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something to do with a channel. */
  private interface Deed {
    void to(Channel channel) throws IOException;
  }

  /** What is asked of the broker, and who may. */
  private record Action(String name, String allowed, Deed deed) {}

  private static final List<Action> ACTIONS =
      List.of(
          new Action(
              "publish to banking.transactions", "A", c -> publish(c, "banking.transactions", "x")),
          new Action("publish to the default exchange", "NT", c -> publish(c, "", "nowhere")),
          new Action("publish to amq.topic", "", c -> publish(c, "amq.topic", "x")),
          new Action("read notifications", "N", c -> c.basicGet("notifications", false)),
          new Action(
              "read notifications.parked", "N", c -> c.basicGet("notifications.parked", false)),
          new Action("read audit-log", "T", c -> c.basicGet("audit-log", false)),
          new Action("read audit-log.parked", "T", c -> c.basicGet("audit-log.parked", false)),
          new Action(
              "declare the topology's exchange",
              "ANT",
              c -> c.exchangeDeclare("banking.transactions", "topic", true)),
          new Action("declare another exchange", "", c -> c.exchangeDeclare("mine", "topic")),
          new Action(
              "declare another queue", "", c -> c.queueDeclare("mine", false, false, true, null)),
          new Action(
              "bind another queue", "", c -> c.queueBind("mine", "banking.transactions", "#")));

  private static void publish(Channel channel, String exchange, String key) throws IOException {
    channel.basicPublish(exchange, key, null, new byte[] {1});
    // The broker refuses a message when it comes to it: the answer to a later question tells.
    channel.queueDeclarePassive("audit-log");
  }

  @Test
  void eachUserOfTheBrokerMayDoWhatItNeedsAndNothingElse() throws Exception {
    var table = new ArrayList<String>();
    var wrong = new ArrayList<String>();
    table.add("%-34s %-16s %-16s %-16s".formatted("action", "api", "notification", "audit"));
    for (var action : ACTIONS) {
      var line = new StringBuilder("%-34s".formatted(action.name()));
      for (var identity : Identity.values()) {
        var answer = brokerAnswer(identity, action.deed());
        line.append(" %-16s".formatted(answer));
        if (answer.equals("allowed") != action.allowed().contains(letter(identity))) {
          wrong.add(identity + " " + action.name() + ": " + answer);
        }
      }
      table.add(line.toString().stripTrailing());
    }
    System.out.println(String.join("\n", table));
    Files.write(PROJECT.resolve("load-tests/target/broker-rights.txt"), table);
    assertThat(wrong).isEmpty();
  }

  private String brokerAnswer(Identity identity, Deed deed) throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(addresses.get("RABBITMQ_URL"));
    factory.setUsername(identity.brokerUser());
    factory.setPassword(password("rabbitmq", identity));
    factory.setAutomaticRecoveryEnabled(false);
    try (var connection = factory.newConnection()) {
      var channel = connection.createChannel();
      try {
        deed.to(channel);
        return "allowed";
      } catch (IOException | ShutdownSignalException e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).contains("ACCESS_REFUSED")
            ? "refused"
            : "" + cause;
      }
    }
  }

  @Test
  void theApiAsksForATokenAndTakesOneOfMakeToken() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var source = "local-stack/src/main/java/dev/banking/localstack/token/DevelopmentToken.java";
    var process = new ProcessBuilder(java, source).directory(folder.toFile()).start();
    var token = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(put(null)).isEqualTo(401);
    assertThat(put(token)).isEqualTo(200);
    try (var connection = connect(Identity.API);
        var sql = connection.createStatement();
        var rows =
            sql.executeQuery(
                "SELECT actor FROM banking.ledger_entry WHERE user_id = 1 AND sequence = 2")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("developer");
    }
  }

  private int put(@Nullable String token) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(addresses.get("BASE_URL") + "/api/users/1/balance"))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"amount\": 1}"));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  /** The events of that change: the workers could read their queues and write their tables. */
  @Test
  void theWorkersWorkWithTheirRights() throws Exception {
    await()
        .untilAsserted(() -> {
          try (var connection = connect(Identity.AUDIT);
              var sql = connection.createStatement();
              var rows = sql.executeQuery("SELECT count(*) FROM audit.audit_log")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isPositive();
          }
        });
  }
}
