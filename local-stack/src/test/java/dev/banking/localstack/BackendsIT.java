package dev.banking.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class BackendsIT {

  private final Backends backends = Backends.shared();

  @Test
  void postgresIsDurable() throws SQLException {
    assertThat(show("fsync")).isEqualTo("on");
    assertThat(show("synchronous_commit")).isEqualTo("on");
    assertThat(show("full_page_writes")).isEqualTo("on");
  }

  private String show(String setting) throws SQLException {
    try (var connection = DriverManager.getConnection(backends.postgres().superuserJdbcUrl());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
