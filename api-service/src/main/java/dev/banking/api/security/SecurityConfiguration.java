package dev.banking.api.security;

import dev.banking.api.ratelimit.FailedLogins;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.Filter;
import java.time.Clock;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the guard of the chosen mode before everything but the request's id. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration implements WebMvcConfigurer {

  private final SecurityProperties.AuthMode mode;

  SecurityConfiguration(SecurityProperties properties) {
    mode = properties.mode();
  }

  @Bean
  Callers callers(JwtProperties jwt, Clock clock) {
    return new Callers(
        switch (mode) {
          case NONE -> SecurityConfiguration::believeNobody;
          case JWT -> Decoders.of(jwt);
        },
        clock,
        jwt);
  }

  private static Jwt believeNobody(String token) {
    throw new BadJwtException("AUTH_MODE is none");
  }

  @Bean
  RehearsalPass rehearsalPass(Callers callers, Clock clock) {
    return new RehearsalPass(callers, clock);
  }

  @Bean
  FilterRegistrationBean<Filter> guard(
      SecurityProperties properties,
      ServerProperties server,
      Callers callers,
      FailedLogins failedLogins) {
    var guard =
        new FilterRegistrationBean<Filter>(
            switch (mode) {
              case NONE -> new LocalOnly(properties, server);
              case JWT -> new TokenRequired(callers, failedLogins);
            });
    guard.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return guard;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    if (mode == SecurityProperties.AuthMode.JWT) {
      registry.addInterceptor(new Permissions()).order(Ordered.HIGHEST_PRECEDENCE);
    }
  }

  /** For an alert: 1 while nobody has to prove anything. */
  @Bean
  MeterBinder anonymity(ServerProperties server) {
    return metrics -> {
      Gauge.builder(
              "banking.auth.anonymous", () -> mode == SecurityProperties.AuthMode.NONE ? 1 : 0)
          .description("1: whoever reaches the port may do everything")
          .register(metrics);
      Gauge.builder("banking.auth.exposed", () -> isExposed(server) ? 1 : 0)
          .description("1: nobody has to prove anything, and the port is not on loopback alone")
          .register(metrics);
    };
  }

  private boolean isExposed(ServerProperties server) {
    var address = server.getAddress();
    return mode == SecurityProperties.AuthMode.NONE
        && (address == null || !address.isLoopbackAddress());
  }
}
