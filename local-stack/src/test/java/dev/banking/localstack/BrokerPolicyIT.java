package dev.banking.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerPolicyIT {

  private static final int FIRST_WITH_A_LIMIT = 4;

  private final RabbitMq broker = Backends.shared().rabbitMq();

  @Test
  void theBrokerTellsItsVersion() {
    assertThat(broker.control(List.of("version"))).contains(broker.majorVersion() + ".");
  }

  @Test
  void isThereFromTheStartWhereTheBrokerHasALimitOfItsOwn() {
    if (broker.majorVersion() >= FIRST_WITH_A_LIMIT) {
      assertThat(policies()).contains("keep-undelivered");
    }
  }

  @Test
  void everyBrokerAcceptsIt() {
    broker.control(RabbitMq.KEEP_POLICY);
    await()
        .untilAsserted(() ->
            assertThat(policies())
                .contains("keep-undelivered")
                .contains("{\"delivery-limit\":1000000000}"));
  }

  private String policies() {
    return broker.control(List.of("--silent", "list_policies"));
  }
}
