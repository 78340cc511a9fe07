package dev.banking.notification.delivery;

import dev.banking.notification.tracing.Tracing;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Picks the one channel that this worker tells users by. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

  @Bean
  DeliveryChannel deliveryChannel(
      DeliveryProperties delivery,
      SmtpProperties smtp,
      WebhookProperties webhook,
      Clock clock,
      Tracing tracing) {
    var channel = channel(delivery, smtp, webhook, clock);
    return tracing.isOn() ? new TracedChannel(channel, tracing) : channel;
  }

  private static DeliveryChannel channel(
      DeliveryProperties delivery, SmtpProperties smtp, WebhookProperties webhook, Clock clock) {
    return switch (delivery.channel()) {
      case LOG -> new LogChannel();
      case SMTP -> new SmtpChannel(smtp);
      case WEBHOOK -> new WebhookChannel(webhook, clock);
    };
  }
}
