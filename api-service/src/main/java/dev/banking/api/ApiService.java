package dev.banking.api;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the API. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableScheduling
public class ApiService {

  public static void main(String[] args) {
    SpringApplication.run(ApiService.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
