package dev.banking.api;

import dev.banking.localstack.Backends;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** The whole API on a free port, with real backends behind it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = ApiService.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RealBackends.Addresses.class)
public @interface RealBackends {

  /** Hands the backends' addresses over under the names of the environment. */
  class Addresses implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      TestPropertyValues.of(environment()).applyTo(context);
    }

    /** The backends' addresses, and a management port of its own for each context. */
    public static Map<String, String> environment() {
      var environment = new HashMap<>(Backends.shared().environment());
      environment.put("MANAGEMENT_SERVER_PORT", "0");
      environment.put("WARM_UP_DURATION", "0s");
      return environment;
    }
  }
}
