package dev.banking.notification.inbox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.banking.notification.settings.SettingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

class BrokerAddressTest {

  private static void check(String address) {
    var beans = new DefaultListableBeanFactory();
    beans.registerSingleton(
        "environment", new MockEnvironment().withProperty("spring.rabbitmq.addresses", address));
    new BrokerAddress().postProcessBeanFactory(beans);
  }

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
    assertThatCode(() -> check(address)).doesNotThrowAnyException();
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
    assertThatExceptionOfType(SettingException.class).isThrownBy(() -> check(address));
  }
}
