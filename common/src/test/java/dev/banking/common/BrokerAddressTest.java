package dev.banking.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amqp://user:password@rabbitmq:5672",
        "amqps://user:p%40ss@broker.example.org",
        "amqp://localhost",
        "amqp://user:password@my_rabbit:5672/%2F",
        "amqp://user:password@[::1]:5672/bank",
        "amqp://u:p@a:1, amqp://u:p@b:2"
      })
  void takesAnAddress(String address) {
    assertThat(BrokerAddress.areAddresses(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rabbitmq",
        "localhost:5672",
        "http://user:password@rabbitmq:5672",
        "amqp://",
        "amqp://user:password@",
        "amqp://user:password@rabbitmq:abc",
        "amqp://user:password@rabbitmq:65536",
        "amqp://u:p@a:1,u:p@b:2"
      })
  void refusesWhatIsNone(String address) {
    assertThat(BrokerAddress.areAddresses(address)).isFalse();
  }
}
