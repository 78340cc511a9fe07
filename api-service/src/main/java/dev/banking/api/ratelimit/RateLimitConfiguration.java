package dev.banking.api.ratelimit;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Puts the limit after the guard, which knows who asks. */
@Configuration(proxyBeanMethods = false)
class RateLimitConfiguration {

  @Bean
  FilterRegistrationBean<RateLimit> rateLimit(
      RateLimitProperties properties,
      ClientAddress address,
      SharedBuckets shared,
      MeterRegistry metrics,
      Environment environment) {
    var limit = new FilterRegistrationBean<>(new RateLimit(properties, address, shared, metrics));
    limit.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    limit.setEnabled(
        properties.enabled() == null
            ? "jwt".equals(environment.getProperty("banking.security.auth-mode"))
            : properties.enabled());
    return limit;
  }
}
