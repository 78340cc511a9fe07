package dev.banking.notification;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Tells users what happened to their balance. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class NotificationWorker {

  public static void main(String[] arguments) {
    SpringApplication.run(NotificationWorker.class, arguments);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
