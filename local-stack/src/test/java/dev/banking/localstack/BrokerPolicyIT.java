package dev.banking.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerPolicyIT {

  private final RabbitMq broker = Backends.shared().rabbitMq();

  @Test
  void isThereFromTheStart() {
    assertThat(policies()).contains("keep-undelivered").contains("{\"delivery-limit\":1000000000}");
  }

  private String policies() {
    return broker.control(List.of("--silent", "list_policies"));
  }
}
