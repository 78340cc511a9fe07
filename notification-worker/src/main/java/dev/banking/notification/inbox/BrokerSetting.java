package dev.banking.notification.inbox;

import dev.banking.common.BrokerAddress;
import dev.banking.notification.settings.SettingException;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses an address that is none: the worker would wait for it for ever, as it does for a broker
 * that is away. Looks at the address before anything else is made, or the database waited for.
 */
@Component
class BrokerSetting implements BeanFactoryPostProcessor {

  /**
   * Looks.
   *
   * @throws SettingException without the address, which has a password in it
   */
  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    var addresses = beans.getBean(Environment.class).getProperty("spring.rabbitmq.addresses", "");
    if (!BrokerAddress.areAddresses(addresses)) {
      throw new SettingException("RABBITMQ_URL is not amqp://user:password@host:port");
    }
  }
}
