package dev.banking.audit.retention;

import java.util.HashMap;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the database how long entries are kept, as the owner, so that it can refuse by itself. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
public class RetentionFlyway {

  @Bean
  FlywayConfigurationCustomizer tellTheRetention(RetentionProperties properties) {
    return flyway -> {
      var placeholders = new HashMap<>(flyway.getPlaceholders());
      var keep = properties.keep();
      placeholders.put("retention", keep == null ? "" : keep.toString());
      flyway.placeholders(placeholders);
    };
  }
}
