package dev.banking.audit;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the worker. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class AuditWorker {

  /** Runs until it is told to stop. */
  public static void main(String[] args) {
    SpringApplication.run(AuditWorker.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
