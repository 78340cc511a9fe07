package dev.banking.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendsIT {

  private final Backends backends = Backends.shared();

  @ParameterizedTest
  @CsvSource({"fsync, on", "synchronous_commit, on", "full_page_writes, on"})
  void postgresForgetsNothingThatItHasCommitted(String setting, String value) throws SQLException {
    try (var connection = DriverManager.getConnection(backends.postgres().superuserJdbcUrl())) {
      assertThat(text(connection, "SHOW " + setting)).isEqualTo(value);
      assertThat(text(connection, "SHOW server_version")).startsWith("18.");
    }
  }

  @Test
  void theApplicationsRoleOwnsTheDatabaseAndIsNoSuperuser() throws SQLException {
    try (var connection = asApplication(environment("DB_PASSWORD"))) {
      var query = "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = ";
      assertThat(text(connection, query + "current_user")).isEqualTo("f");
      try (var statement = connection.createStatement()) {
        statement.execute(
            "CREATE SCHEMA owned; CREATE TABLE owned.t (id int); DROP SCHEMA owned CASCADE");
      }
    }
  }

  @Test
  void postgresRefusesAWrongPassword() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> asApplication("wrong"))
        .withMessageContaining("password authentication failed");
  }

  @Test
  void rabbitMqKnowsTheUserAndNoGuest() throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(environment("RABBITMQ_URL"));
    try (var connection = factory.newConnection();
        var channel = connection.createChannel()) {
      assertThat(channel.queueDeclare().getQueue()).isNotEmpty();
    }
    factory.setUsername("guest");
    factory.setPassword("guest");
    assertThatExceptionOfType(AuthenticationFailureException.class)
        .isThrownBy(factory::newConnection);
  }

  @Test
  void nobodyElseOnTheNetworkReachesThem() throws IOException {
    var others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();
    for (var backend : all()) {
      assertThat(Ports.answers(backend.port())).isTrue();
      for (var address : others) {
        try (var socket = new Socket()) {
          assertThatExceptionOfType(IOException.class)
              .isThrownBy(
                  () -> socket.connect(new InetSocketAddress(address, backend.port()), 1_000));
        }
      }
    }
  }

  private List<Backend> all() {
    return List.of(backends.postgres(), backends.redis(), backends.rabbitMq());
  }

  private Connection asApplication(String password) throws SQLException {
    var url =
        "jdbc:postgresql://%s:%s/%s"
            .formatted(environment("DB_HOST"), environment("DB_PORT"), environment("DB_NAME"));
    return DriverManager.getConnection(url, environment("DB_USER"), password);
  }

  private String environment(String name) {
    return backends.environment().getOrDefault(name, "");
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
