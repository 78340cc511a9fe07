package dev.banking.api;

import java.time.Clock;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the API, or changes its tables alone. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableScheduling
public class ApiService {

  /** Runs until it is told to stop; with the word {@code migrate}, does that and ends. */
  public static void main(String[] args) {
    if (Migration.isMeant(List.of(args))) {
      Migration.run();
      return;
    }
    SpringApplication.run(ApiService.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
