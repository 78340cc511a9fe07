package dev.banking.audit.inbox;

import dev.banking.audit.settings.SettingException;
import java.util.regex.Pattern;
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

  /**
   * Host names may have an underscore, as those of containers do: {@link java.net.URI} has none.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "amqps?://([^@/\\s]*@)?(\\[[0-9a-fA-F:.]+]|[^@/:\\s]+)(:(?<port>[0-9]{1,5}))?(/\\S*)?");

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
    var matcher = ADDRESS.matcher(address);
    if (!matcher.matches()) {
      return false;
    }
    var port = matcher.group("port");
    return port == null || Integer.parseInt(port) <= HIGHEST_PORT;
  }
}
