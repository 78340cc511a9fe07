package dev.banking.audit.inbox;

import com.rabbitmq.client.ConnectionFactory;
import dev.banking.audit.settings.SettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses an address that is none: the worker would wait for it for ever, as it does for a broker
 * that is away. Looks at the address before anything else is made, or the database waited for.
 */
@Component
class BrokerAddress implements BeanFactoryPostProcessor {

  private static final int HIGHEST_PORT = 65_535;

  /**
   * Whether a broker is there is another question.
   *
   * @throws SettingException without the address, which has a password in it
   */
  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    var addresses = beans.getBean(Environment.class).getProperty("spring.rabbitmq.addresses", "");
    for (var address : addresses.split(",", -1)) {
      if (!isAddress(address.strip())) {
        throw new SettingException("RABBITMQ_URL is not amqp://user:password@host:port");
      }
    }
  }

  private static boolean isAddress(String address) {
    try {
      var uri = new URI(address);
      if (uri.getScheme() == null || uri.getHost() == null || uri.getPort() > HIGHEST_PORT) {
        return false;
      }
      new ConnectionFactory().setUri(uri);
      return true;
    } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }
}
