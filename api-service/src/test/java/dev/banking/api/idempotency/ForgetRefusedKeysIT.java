package dev.banking.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banking.api.Api;
import dev.banking.api.RealBackends;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@RealBackends
class ForgetRefusedKeysIT {

  @LocalServerPort private int port;
  @Autowired private ForgetRefusedKeys forgetRefusedKeys;
  @Autowired private JdbcClient jdbc;

  @Test
  void forgetsOldRefusalsAndKeepsAppliedKeysForGood() {
    var api = new Api(port);
    var id = api.createUser("10");
    api.put(id, "-1", "Idempotency-Key", "applied");
    api.put(id, "-100", "Idempotency-Key", "refused");
    api.put(id, "-100", "Idempotency-Key", "refused-lately");
    jdbc.sql(
            """
            UPDATE banking.idempotency_key SET decided_at = decided_at - interval '8 days'
            WHERE user_id = ? AND idempotency_key <> 'refused-lately'
            """)
        .param(id)
        .update();

    forgetRefusedKeys.run();

    api.put(id, "200");
    assertThat(api.put(id, "-1", "Idempotency-Key", "applied").header("Idempotency-Replayed"))
        .as("an applied key never runs twice")
        .isEqualTo("true");
    assertThat(api.put(id, "-100", "Idempotency-Key", "refused-lately").status()).isEqualTo(400);
    assertThat(api.put(id, "-100", "Idempotency-Key", "refused").status())
        .as("a forgotten refusal is a new command")
        .isEqualTo(200);
  }
}
